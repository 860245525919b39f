package dev.remit.evidence.leaf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.remit.evidence.model.LogEntry;
import dev.remit.evidence.model.LoggedEntry;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Goal: the leaf is canonical, says nothing about values, and its body is checked against it.
/// Method: RFC 8785's own string example, equal entries, and a round trip.
class LeafFormatTest {
  private final LeafFormat format = new LeafFormat(new SecureRandom(), 4_096);

  private static String canonical(Object value) {
    return new String(CanonicalJson.of(value), StandardCharsets.UTF_8);
  }

  @Test
  void stringsAndOrderAreThoseOfRfc8785() {
    assertThat(canonical("\u20ac$\u000f\nA'B\"\\\\\"/"))
        .isEqualTo("\"\u20ac$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"");
    Map<String, Object> unordered =
        Map.of(
            "\u20ac", 1, "\r", 2, "1", 3, "\ud83d\ude00", 4, "\u0080", 5, "\u00f6", 6, "\ufb33", 7);
    assertThat(canonical(unordered))
        .isEqualTo(
            "{\"\\r\":2,\"1\":3,\"\u0080\":5,\"\u00f6\":6,\"\u20ac\":1,\"\ud83d\ude00\":4,"
                + "\"\ufb33\":7}");
    assertThat(canonical(List.of(Map.of(), List.of(), true))).isEqualTo("[{},[],true]");
  }

  @Test
  void valuesJsonCannotCarryExactlyAreRefused() {
    for (Object value : List.of(1.5, (1L << 53), -(1L << 53), "\ud800", 'c', Map.of(1, 2))) {
      assertThatThrownBy(() -> CanonicalJson.of(value))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void equalEntriesGiveDifferentLeavesThatNameNoValue() {
    for (Map<String, Object> fields :
        List.<Map<String, Object>>of(Map.of("mail", "a@b"), Map.of())) {
      LogEntry entry = new LogEntry("test.noted", Instant.EPOCH, fields);
      String one = text(format.prepare(entry));
      assertThat(one).isNotEqualTo(text(format.prepare(entry))).doesNotContain("mail", "a@b");
      assertThat(one)
          .matches(
              "\\{\"_sd\":\\[\"[\\w-]{43}\"],\"kind\":\"test.noted\","
                  + "\"time\":\"1970-01-01T00:00:00Z\",\"v\":1}");
    }
  }

  @Test
  void whatIsReadIsWhatWasPrepared() {
    Map<String, Object> fields = Map.of("a", "x", "b", List.of(1L, Map.of("c", false)));
    PreparedEntry entry =
        format.prepare(
            new LogEntry("test.noted", Instant.parse("2026-11-21T09:00:00.123456789Z"), fields));
    LoggedEntry read = format.read(5, entry.entry(), Optional.of(entry.disclosures()));
    assertThat(read.fields()).contains(fields);
    assertThat(read.time()).isEqualTo("2026-11-21T09:00:00.123456Z");
    assertThat(format.read(5, entry.entry(), Optional.empty()).fields()).isEmpty();
  }

  private static String text(PreparedEntry entry) {
    return new String(entry.entry(), StandardCharsets.UTF_8);
  }
}
