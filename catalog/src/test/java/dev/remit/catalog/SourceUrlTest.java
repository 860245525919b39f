package dev.remit.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.remit.catalog.model.SourceConnection;
import dev.remit.catalog.model.SourceConnection.Tls;
import dev.remit.catalog.source.SourceUrl;
import dev.remit.platform.error.ErrorCode;
import dev.remit.platform.error.RemitException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The address of a source is read strictly: what could be misread or is unsafe is refused. No
/// refusal repeats the address, since people put passwords there.
class SourceUrlTest {

  @Test
  void everyPartIsRead() {
    assertThat(
            SourceUrl.parse(
                "postgresql://re%40der@db.example.org:6432/sh%2Fop?sslmode=require", "p"))
        .isEqualTo(
            new SourceConnection("db.example.org", 6432, "sh/op", "re@der", "p", Tls.REQUIRE));
    assertThat(SourceUrl.parse("postgres://r@[::1]/d", ""))
        .isEqualTo(new SourceConnection("::1", 5432, "d", "r", "", Tls.DISABLE));
  }

  @Test
  void withoutAModeOnlyLoopbackIsPlain() {
    assertThat(SourceUrl.parse("postgresql://r@localhost/d", "").tls()).isEqualTo(Tls.DISABLE);
    assertThat(SourceUrl.parse("postgresql://r@db_1.internal/d", "").tls())
        .isEqualTo(Tls.VERIFY_FULL);
    assertThat(SourceUrl.parse("postgresql://r@localhost.example.org/d", "").tls())
        .isEqualTo(Tls.VERIFY_FULL);
    assertThat(SourceUrl.parse("postgresql://r@127.example.org/d", "").tls())
        .isEqualTo(Tls.VERIFY_FULL);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "mysql://r@h/d-hidden",
        "postgresql://h/hidden",
        "postgresql://r@h",
        "postgresql://r@h/",
        "postgresql://r:hidden@h/d",
        "postgresql://r:hid/den@h/d",
        "postgresql://r@h1,h2/hidden",
        "postgresql://r@h:0/hidden",
        "postgresql://r@h:65536/hidden",
        "postgresql://r@h:99999999/hidden",
        "postgresql://r@h/hidden?sslmode=prefer",
        "postgresql://r@h/hidden?sslmode=require&password=hidden",
        "postgresql://r@h/hidden?host=/tmp",
        "postgresql://r@h/hidden%zz",
        "postgresql://r@h/hidden%00",
        "postgresql://r@h/hidden#x",
        "postgresql:///hidden",
      })
  void whatIsUnclearOrUnsafeIsRefusedWithoutRepeatingIt(String url) {
    RemitException refusal =
        catchThrowableOfType(RemitException.class, () -> SourceUrl.parse(url, ""));
    assertThat(refusal).isNotNull();
    assertThat(refusal.code()).isEqualTo(ErrorCode.INVALID_REQUEST);
    assertThat(refusal.toString() + refusal.getCause()).doesNotContain("hidden");
  }
}
