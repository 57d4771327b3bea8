package topsongs.simulator;

/** What a person can do something about: "Cannot X: reason". The command ends with exit code 1. */
public final class Failure extends RuntimeException {
  private static final long serialVersionUID = 1;

  public Failure(String message) {
    super(message);
  }
}
