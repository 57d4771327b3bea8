package topsongs.launcher.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/** Ports on the loopback interface. */
public final class Ports {
  private static final int END = 32_768;

  /** Processes that look at once begin at different ones. */
  private static final AtomicInteger NEXT =
      new AtomicInteger(ThreadLocalRandom.current().nextInt(22_000, 31_000));

  private Ports() {}

  /**
   * A port that nobody listens on now, and never the same again. It is below those that systems
   * give to clients (from 32768 on), one of whom might have it before the server that it is for, or
   * while it is being started again.
   *
   * @throws IllegalStateException when there is none left
   */
  public static int free() {
    for (int port = NEXT.getAndIncrement(); port < END; port = NEXT.getAndIncrement()) {
      if (isFree(port)) {
        return port;
      }
    }
    throw new IllegalStateException("Cannot find a free port below %d".formatted(END));
  }

  /** Whether a server could listen here now. */
  public static boolean isFree(int port) {
    try (var socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
