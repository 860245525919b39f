package dev.remit.server.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.remit.platform.config.RemitConfiguration;
import dev.remit.platform.config.RemitConfiguration.Mode;
import dev.remit.platform.crypto.SelfSignedCertificate;
import dev.remit.platform.error.RemitException;
import dev.remit.server.RunningRemit;
import dev.remit.server.Wiring;
import dev.remit.server.process.DataFolder;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Each dangerous default is named, and outside development none of them starts.
///
/// A refused start leaves nothing behind.
class StartChecksTest {
  @TempDir private Path folder;

  @Test
  void aGeneratedCertificateIsNamed() {
    assertThat(StartChecks.of(configuration(Map.of())))
        .singleElement()
        .asString()
        .contains("self-signed")
        .contains("wire.certificate");
  }

  @Test
  void aSelfSignedCertificateOfOnesOwnIsNamedToo() {
    assertThat(StartChecks.of(configuration(certificate())))
        .singleElement()
        .asString()
        .contains("tls.crt is self-signed");
  }

  @Test
  void administrationBeyondLoopbackIsNamed() {
    assertThat(StartChecks.of(configuration(Map.of("REMIT_HTTP_HOST", "0.0.0.0"))))
        .anyMatch(finding -> finding.contains("http.host"));
  }

  @Test
  void inProductionAFindingStopsTheStartBeforeAnythingIsMade() {
    assertThatThrownBy(() ->
            Wiring.start(
                configuration(Map.of("REMIT_MODE", "production")),
                new DataFolder(folder.resolve("data")),
                line -> {}))
        .isInstanceOf(RemitException.class)
        .hasMessageContaining("does not start in mode: production")
        .hasMessageContaining("wire.certificate");
    assertThat(folder.resolve("data")).doesNotExist();
  }

  @Test
  void inDevelopmentFindingsDoNotStopTheStart() {
    StartChecks.enforce(Mode.DEVELOPMENT, List.of("something"));
  }

  @Test
  void demoUsersStopTheStartOutsideDevelopment() {
    assertThatThrownBy(() ->
            StartChecks.enforce(
                Mode.PRODUCTION, StartChecks.ofStore(List.of("analyst", "support"))))
        .hasMessageContaining("demo users with generated passwords (analyst, support)");
    StartChecks.enforce(Mode.PRODUCTION, StartChecks.ofStore(List.of()));
  }

  private RemitConfiguration configuration(Map<String, String> settings) {
    return RunningRemit.configuration(folder.resolve("data"), settings);
  }

  private Map<String, String> certificate() {
    SelfSignedCertificate made =
        SelfSignedCertificate.inFolder(folder, Clock.systemUTC(), new SecureRandom());
    return Map.of(
        "REMIT_WIRE_CERTIFICATE", made.certificate().toString(),
        "REMIT_WIRE_KEY", made.privateKey().toString());
  }
}
