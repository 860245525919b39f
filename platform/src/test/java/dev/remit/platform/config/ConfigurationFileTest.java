package dev.remit.platform.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.remit.platform.config.RemitConfiguration.Mode;
import dev.remit.platform.error.ErrorCode;
import dev.remit.platform.error.RemitException;
import java.nio.file.Path;
import java.time.Period;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What a file and the environment come to, and that every mistake in them is named.
///
/// Nothing that is not understood is passed over.
class ConfigurationFileTest {

  @Test
  void anEmptyFileMeansTheDefaults() {
    assertThat(ConfigurationFile.parse("", Map.of())).isEqualTo(RemitConfiguration.DEFAULT);
    assertThat(ConfigurationFile.parse("# nothing\n", Map.of()))
        .isEqualTo(RemitConfiguration.DEFAULT);
  }

  @Test
  void theFileChangesWhatItNamesAndNothingElse() {
    RemitConfiguration configuration =
        ConfigurationFile.parse(
            """
            mode: production
            folder: /var/lib/remit
            wire:
              port: 6432
            log:
              keepBodies: P90D
            """,
            Map.of());
    assertThat(configuration.mode()).isEqualTo(Mode.PRODUCTION);
    assertThat(configuration.folder()).isEqualTo(Path.of("/var/lib/remit"));
    assertThat(configuration.wire().port()).isEqualTo(6432);
    assertThat(configuration.wire().host()).isEqualTo("127.0.0.1");
    assertThat(configuration.log().keepBodies()).isEqualTo(Period.ofDays(90));
    assertThat(configuration.http()).isEqualTo(RemitConfiguration.DEFAULT.http());
  }

  @Test
  void aVariableNamedAfterAKeyWinsOverTheFile() {
    RemitConfiguration configuration =
        ConfigurationFile.parse(
            "wire:\n  port: 6432\n",
            Map.of(
                "REMIT_WIRE_PORT", "7000",
                "REMIT_DB_URL", "jdbc:postgresql://db/remit",
                "REMIT_DB_USER", "remit",
                "REMIT_DB_PASSWORD", "secret",
                "REMIT_HTTP_BODY_LIMIT", "4096"));
    assertThat(configuration.wire().port()).isEqualTo(7000);
    assertThat(configuration.db().url()).contains("jdbc:postgresql://db/remit");
    assertThat(configuration.http().bodyLimit()).isEqualTo(4096);
  }

  @Test
  void aVariableWithinAValueIsReplaced() {
    assertThat(
            ConfigurationFile.parse("folder: ${BASE}/data\n", Map.of("BASE", "/srv/$1")).folder())
        .isEqualTo(Path.of("/srv/$1/data"));
  }

  @Test
  void aVariableThatIsNotSetIsNamed() {
    refused("db:\n  url: ${NOWHERE}\n", "db.url needs the environment variable NOWHERE");
  }

  @Test
  void anUnknownKeyIsRefusedWithItsPathAndTheKnownOnes() {
    refused("wire:\n  prot: 5470\n", "wire.prot is not a key; known here: certificate,");
    refused("wires: 1\n", "wires is not a key; known here: db, folder, http, log, mode");
  }

  @Test
  void aValueThatDoesNotFitIsNamed() {
    refused("wire:\n  port: many\n", "the value of wire.port does not fit");
    refused("wire:\n  port: 70000\n", "wire.port is 70000; it lies between 1 and 65535");
    refused("wire:\n  port:\n", "the value of wire.port does not fit");
    refused("mode: test\n", "the value of mode does not fit");
    refused("log:\n  keepBodies: P0D\n", "log.keepBodies is at least one day");
    refused("wire:\n  key: a.pem\n", "wire.certificate and wire.key are set together");
    refused("db:\n  url: jdbc:postgresql://db/remit\n", "db.url needs db.user and db.password");
  }

  @Test
  void aFileThatIsNoMapOrNoYamlIsRefused() {
    refused("- a\n", "the file holds keys and values");
    refused("wire: {port: 1\n", "is not valid YAML");
    refused("mode: development\nmode: production\n", "is not valid YAML");
  }

  @Test
  void noPasswordShowsInTheTextForm() {
    assertThat(
            ConfigurationFile.parse(
                    "",
                    Map.of(
                        "REMIT_DB_URL", "jdbc:postgresql://db/remit",
                        "REMIT_DB_USER", "remit",
                        "REMIT_DB_PASSWORD", "hunter2"))
                .toString())
        .doesNotContain("hunter2");
  }

  private static void refused(String yaml, String message) {
    assertThatThrownBy(() -> ConfigurationFile.parse(yaml, Map.of()))
        .isInstanceOfSatisfying(
            RemitException.class,
            refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.INVALID_CONFIGURATION))
        .hasMessageContaining(message);
  }
}
