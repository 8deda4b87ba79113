package dev.weir.guardrail.profile;

/**
 * One place that names a profile. Immutable.
 *
 * @param level what names it: {@code key}, {@code team}, {@code department}, {@code tenant}, {@code route},
 *     {@code request} or {@code default}
 */
public record Naming(String level, String profileId) {}
