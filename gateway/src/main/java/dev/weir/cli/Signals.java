package dev.weir.cli;

import java.lang.reflect.Proxy;

/**
 * Signals of the operating system, by {@code sun.misc.Signal} of the module jdk.unsupported: Java has no other way to them.
 * By reflection, since the compiler's warning about that class cannot be switched off at one place. Stateless.
 */
final class Signals {
  private Signals() {}

  /**
   * Runs the action, on a thread of its own, when the signal comes, in place of what the JVM does then.
   *
   * @param name without the SIG: {@code TERM}
   */
  static void on(String name, Runnable action) {
    try {
      var signal = Class.forName("sun.misc.Signal");
      var handler = Class.forName("sun.misc.SignalHandler");
      var ours = Proxy.newProxyInstance(
          handler.getClassLoader(), new Class<?>[] {handler}, (proxy, method, arguments) -> {
            action.run();
            return null;
          });
      var _ = signal
          .getMethod("handle", signal, handler)
          .invoke(null, signal.getConstructor(String.class).newInstance(name), ours);
    } catch (ReflectiveOperationException unknown) {
      throw new IllegalStateException("this JVM takes no signals", unknown);
    }
  }
}
