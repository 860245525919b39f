package dev.remit.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// Goal: the proxy's own log-in at the source speaks SCRAM, as its own server does: one proxy is
/// the source of another.
class UpstreamScramTest {

  @Test
  void aProxyIsAGoodSourceForAProxy() throws Exception {
    try (ProxyFixture inner = new ProxyFixture();
        ProxyFixture outer =
            new ProxyFixture(
                java.util.function.UnaryOperator.identity(),
                target ->
                    new dev.remit.proxy.upstream.UpstreamTarget(
                        "127.0.0.1",
                        inner.port(),
                        "crm",
                        ProxyFixture.USER,
                        ProxyFixture.PASSWORD,
                        target.tls(),
                        target.connectCheckSql(),
                        4,
                        4,
                        3_000,
                        60_000),
                java.util.Optional.empty())) {
      assertThat(outer.psql("select 'through two';", "-At")).isEqualTo("through two\n");
    }
  }
}
