package io.hubbub.system.harness;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * A certificate that a server shows and clients are told to believe.
 *
 * @param certificate a PEM file
 * @param key a PEM file
 */
record SelfSigned(Path certificate, Path key) {

  /**
   * Makes one in a folder, good for two days.
   *
   * @param address an address that it is for
   */
  static SelfSigned in(Path folder, String address) throws IOException, InterruptedException {
    Tools.need("openssl", "openssl");
    SelfSigned made = new SelfSigned(folder.resolve("certificate.pem"), folder.resolve("key.pem"));
    List<String> request = List.of("openssl", "req", "-x509", "-newkey", "ec", "-nodes");
    List<String> curve = List.of("-pkeyopt", "ec_paramgen_curve:P-256", "-days", "2");
    List<String> names =
        List.of("-subj", "/CN=localhost", "-addext", "subjectAltName=IP:" + address);
    List<String> files =
        List.of("-keyout", made.key.toString(), "-out", made.certificate.toString());
    Commands.run(List.of(request, curve, names, files).stream().flatMap(List::stream).toList());
    return made;
  }
}
