package dev.remit.platform.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The development certificate: kept while it is good, made anew before it ends.
///
/// It names localhost and the loopback addresses, so that clients can check it when told to trust
/// it.
class SelfSignedCertificateTest {
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  @TempDir private Path folder;

  @Test
  void itIsKeptUntilAMonthBeforeItsEnd() throws Exception {
    X509Certificate first = madeAt(NOW);
    assertThat(madeAt(NOW.plus(Duration.ofDays(300)))).isEqualTo(first);
    assertThat(madeAt(NOW.plus(Duration.ofDays(340)))).isNotEqualTo(first);
  }

  @Test
  void itNamesLocalhost() throws Exception {
    assertThat(madeAt(NOW).getSubjectAlternativeNames().toString())
        .contains("localhost", "127.0.0.1");
  }

  private X509Certificate madeAt(Instant now) throws Exception {
    SelfSignedCertificate pair =
        SelfSignedCertificate.inFolder(
            folder, Clock.fixed(now, ZoneOffset.UTC), new SecureRandom());
    try (InputStream pem = Files.newInputStream(pair.certificate())) {
      return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(pem);
    }
  }
}
