package dev.weir.config;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What a setting means and which values it takes, for the check, the JSON Schema and the editor. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
@interface Setting {
  /** One sentence or less, without a full stop. */
  String value();

  /** The smallest number; only for numbers. */
  long min() default 0;

  /** The largest number; only for numbers. */
  long max() default Integer.MAX_VALUE;

  /** A regular expression for the whole text; empty: any. */
  String pattern() default "";

  /** The words it may be; none: any. */
  String[] oneOf() default {};
}
