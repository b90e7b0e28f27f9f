package io.hubbub.system.client;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** How clients reach an address that begins with {@code https}: they believe one certificate. */
public final class Tls {
  private static final Duration CONNECT = Duration.ofSeconds(3);

  private static volatile @Nullable Tls now;

  private final SSLContext context;
  private final HttpClient http;

  private Tls(SSLContext context) {
    this.context = context;
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .sslContext(context)
            .connectTimeout(CONNECT)
            .build();
  }

  /** From now on all clients believe the certificate in a PEM file, and no other. */
  public static void believe(Path pem) throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    try (InputStream in = Files.newInputStream(pem)) {
      CertificateFactory certificates = CertificateFactory.getInstance("X.509");
      store.setCertificateEntry("server", certificates.generateCertificate(in));
    }
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    now = new Tls(context);
  }

  /** Whether a server is reached over TLS. */
  static boolean over(URI server) {
    return "https".equals(server.getScheme());
  }

  /** A client for a server, where that is over TLS; else the given one. */
  static HttpClient http(URI server, HttpClient plain) {
    return over(server) ? current().http : plain;
  }

  /** A socket for a server, neither bound nor connected. */
  public static Socket socket(URI server) throws IOException {
    return over(server) ? current().context.getSocketFactory().createSocket() : new Socket();
  }

  private static Tls current() {
    Tls current = now;
    if (current == null) {
      throw new IllegalStateException("no certificate is believed yet");
    }
    return current;
  }
}
