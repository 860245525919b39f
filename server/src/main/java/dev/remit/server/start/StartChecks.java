package dev.remit.server.start;

import dev.remit.platform.config.RemitConfiguration;
import dev.remit.platform.config.RemitConfiguration.Mode;
import dev.remit.platform.error.ErrorCode;
import dev.remit.platform.error.RemitException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Names each dangerous default in force. In development they are said; in any other mode one of
/// them stops the start.
public final class StartChecks {
  private static final Logger LOG = LoggerFactory.getLogger(StartChecks.class);

  private StartChecks() {}

  /// Those that can be seen in the configuration alone, before anything is started.
  public static List<String> of(RemitConfiguration configuration) {
    List<String> findings = new ArrayList<>();
    RemitConfiguration.Wire wire = configuration.wire();
    if (wire.certificate().isEmpty()) {
      findings.add(
          "the wire's TLS certificate is generated and self-signed; set wire.certificate and"
              + " wire.key");
    } else if (isSelfSigned(wire.certificate().get())) {
      findings.add(
          "the TLS certificate " + wire.certificate().get() + " is self-signed; have one issued");
    }
    if (!isLoopback(configuration.http().host())) {
      findings.add(
          "the administration interface speaks plain HTTP beyond loopback (http.host); put a TLS"
              + " proxy before it and bind to 127.0.0.1");
    }
    return List.copyOf(findings);
  }

  /// Those that stand in the store.
  ///
  /// @param demoUsers names of the demo users that exist there
  public static List<String> ofStore(List<String> demoUsers) {
    return demoUsers.isEmpty()
        ? List.of()
        : List.of(
            "there are demo users with generated passwords ("
                + String.join(", ", demoUsers)
                + "); remove each in mode: development with `remit user remove NAME`");
  }

  /// Refuses with INVALID_CONFIGURATION outside development; there each finding is in the log.
  public static void enforce(Mode mode, List<String> findings) {
    if (mode == Mode.DEVELOPMENT) {
      findings.forEach(finding -> LOG.info("for development only: {}", finding));
    } else if (!findings.isEmpty()) {
      throw new RemitException(
          ErrorCode.INVALID_CONFIGURATION,
          "Remit does not start in mode: production with a dangerous default: "
              + String.join("; and ", findings));
    }
  }

  private static boolean isSelfSigned(Path file) {
    try (InputStream pem = Files.newInputStream(file)) {
      X509Certificate certificate =
          (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(pem);
      return certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal());
    } catch (IOException | CertificateException failure) {
      throw new RemitException(
          ErrorCode.INVALID_CONFIGURATION,
          "wire.certificate: " + file + " cannot be read as a PEM certificate",
          failure);
    }
  }

  private static boolean isLoopback(String host) {
    try {
      for (InetAddress address : InetAddress.getAllByName(host)) {
        if (!address.isLoopbackAddress()) {
          return false;
        }
      }
      return true;
    } catch (UnknownHostException failure) {
      throw new RemitException(
          ErrorCode.INVALID_CONFIGURATION, "http.host " + host + " is not known", failure);
    }
  }
}
