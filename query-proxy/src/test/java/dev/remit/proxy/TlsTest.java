package dev.remit.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.remit.platform.error.RemitException;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.SelfSignedCertificate;
import java.sql.Connection;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// Goal: with a certificate the port speaks TLS and nothing else, unless plain text was allowed.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TlsTest {
  private final SelfSignedCertificate certificate = SelfSignedCertificate.create();
  private ProxyFixture proxy;

  @BeforeAll
  void start() {
    proxy =
        new ProxyFixture(
            settings -> withTls(settings, certificate.keyCertOptions()),
            UnaryOperator.identity(),
            Optional.empty());
  }

  @AfterAll
  void stop() {
    proxy.close();
    certificate.delete();
  }

  @Test
  void psqlAndPgjdbcConnectEncrypted() throws Exception {
    assertThat(proxy.psql("\\conninfo\nselect 1;", "-At", "-d", "dbname=crm sslmode=require"))
        .contains("SSL connection")
        .endsWith("1\n");
    try (Connection connection = proxy.connect(Map.of("sslmode", "require"))) {
      assertThat(
              PgjdbcTest.all(connection, "select repeat('x', 5000) from generate_series(1, 2000)"))
          .hasSize(2000);
    }
  }

  @Test
  void plainTextIsRefused() {
    assertThat(proxy.psql("select 1", "-d", "dbname=crm sslmode=disable"))
        .contains("this port needs TLS");
  }

  @Test
  void withoutACertificateThePortDoesNotOpen() {
    assertThatThrownBy(() ->
            new ProxyFixture(
                settings ->
                    new QueryProxySettings(
                        settings.host(),
                        0,
                        Optional.empty(),
                        false,
                        10,
                        1,
                        1_000,
                        settings.limits(),
                        settings.user(),
                        settings.drainMillis()),
                UnaryOperator.identity(),
                Optional.empty()))
        .isInstanceOf(RemitException.class);
  }

  private static QueryProxySettings withTls(QueryProxySettings settings, KeyCertOptions key) {
    return new QueryProxySettings(
        settings.host(),
        settings.port(),
        Optional.of(key),
        false,
        settings.maximumConnections(),
        settings.eventLoops(),
        settings.loginMillis(),
        settings.limits(),
        settings.user(),
        settings.drainMillis());
  }
}
