package io.hubbub.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hubbub.server.config.TransportChoice;
import io.hubbub.server.start.StartException;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.transport.Transport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Sockets are served by io_uring where that is allowed, and in any case. */
class NativeTransportTest {
  private static final Path FORBIDDEN = Path.of("/proc/sys/kernel/io_uring_disabled");

  /** Also that the native file fits the classes around it, which come in several versions. */
  @Test
  void whereTheKernelAllowsItIoUringServes() throws Exception {
    boolean allowed = Files.exists(FORBIDDEN) && Files.readString(FORBIDDEN).strip().equals("0");
    Transport chosen = NativeTransport.of(TransportChoice.AUTO);
    assertEquals(allowed ? "io_uring" : "nio", chosen.name());
    assertEquals("served", answer(chosen));
  }

  @Test
  void nioServesWhenItIsAskedFor() throws Exception {
    Transport chosen = NativeTransport.of(TransportChoice.NIO);
    assertEquals("nio", chosen.name());
    assertEquals("served", answer(chosen));
  }

  @Test
  void whereItIsForbiddenNioServesUnlessItIsInsistedOn() throws Exception {
    assertSame(Transport.NIO, NativeTransport.of(TransportChoice.AUTO, new Forbidden()));
    assertSame(Transport.NIO, NativeTransport.of(TransportChoice.AUTO, null));
    StartException refused =
        assertThrows(
            StartException.class,
            () -> NativeTransport.of(TransportChoice.IO_URING, new Forbidden()));
    assertTrue(refused.line().contains("Operation not permitted"), refused.line());
  }

  private static String answer(Transport transport) throws Exception {
    Vertx vertx = Vertx.builder().withTransport(transport).build();
    try {
      return vertx
          .createHttpServer()
          .requestHandler(request -> request.response().end("served"))
          .listen(0, "127.0.0.1")
          .compose(
              server ->
                  vertx
                      .createHttpClient()
                      .request(HttpMethod.GET, server.actualPort(), "127.0.0.1", "/")
                      .compose(request -> request.send().compose(HttpClientResponse::body)))
          .map(Buffer::toString)
          .await(20, TimeUnit.SECONDS);
    } finally {
      vertx.close().await(20, TimeUnit.SECONDS);
    }
  }

  private static final class Forbidden implements Transport {
    @Override
    public String name() {
      return "io_uring";
    }

    @Override
    public boolean available() {
      return false;
    }

    @Override
    public Throwable unavailabilityCause() {
      return new UnsatisfiedLinkError("io_uring_setup: Operation not permitted");
    }

    @Override
    public io.vertx.core.spi.transport.Transport implementation() {
      throw new IllegalStateException("it cannot be used");
    }
  }
}
