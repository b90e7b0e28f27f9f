package io.hubbub.bench;

/** What {@code bench/run} starts. */
public final class Main {
  private Main() {}

  /** Runs the workloads that the arguments name. */
  public static void main(String[] args) {
    System.out.println("bench " + String.join(" ", args));
  }
}
