package dev.remit.proxy.state;

import dev.remit.platform.error.ErrorCode;
import dev.remit.platform.error.RemitException;
import dev.remit.proxy.model.UserBounds;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The settings of a session that bound its time: it may ask for less than the configuration gives,
/// not for more.
///
/// Such a value is read and written as PostgreSQL does: a number with a unit, milliseconds when
/// there is none, rounded to whole ones.
public final class TimeSettings {
  private static final String STATEMENT = "statement_timeout";
  private static final String IDLE_IN_TRANSACTION = "idle_in_transaction_session_timeout";

  private static final Pattern TIME =
      Pattern.compile("\\s*'?\\s*(\\d{1,18}(?:\\.\\d{0,18})?)\\s*(us|ms|s|min|h|d|)\\s*'?\\s*");

  private static final Map<String, Long> UNITS = units();
  private static final BigDecimal MICROS = BigDecimal.valueOf(1_000);
  private static final BigDecimal LARGEST = BigDecimal.valueOf(Long.MAX_VALUE);

  private TimeSettings() {}

  /// The value that is in force when a session asks for this one: a time over the bound, or none at
  /// all, is the bound. A setting that is no such time is as asked.
  ///
  /// @throws RemitException INVALID_SETTING when it is no time
  public static String effective(UserBounds bounds, String spelled, String value) {
    return switch (spelled) {
      case STATEMENT -> bounded(spelled, value, bounds.statement());
      case IDLE_IN_TRANSACTION -> bounded(spelled, value, bounds.idleInTransaction());
      default -> value;
    };
  }

  /// How long this session's transactions may be idle, in milliseconds.
  public static long idleMillis(UserBounds bounds, SessionState state) {
    String value = state.value(IDLE_IN_TRANSACTION);
    return value.isEmpty()
        ? bounds.idleInTransaction().toMillis()
        : millis(IDLE_IN_TRANSACTION, value);
  }

  private static String bounded(String spelled, String value, Duration most) {
    long asked = millis(spelled, value);
    return text(asked == 0 ? most.toMillis() : Math.min(asked, most.toMillis()));
  }

  private static long millis(String setting, String value) {
    Matcher matcher = TIME.matcher(value);
    if (!matcher.matches()) {
      throw new RemitException(
          ErrorCode.INVALID_SETTING,
          "the value of " + setting + " is a time, for example 30s, 5min or 2000 (milliseconds)");
    }
    BigDecimal number = new BigDecimal(matcher.group(1));
    BigDecimal millis =
        matcher.group(2).equals("us")
            ? number.divide(MICROS)
            : number.multiply(BigDecimal.valueOf(UNITS.getOrDefault(matcher.group(2), 1L)));
    return millis.setScale(0, RoundingMode.HALF_EVEN).min(LARGEST).longValue();
  }

  /// In the largest unit that gives a whole number.
  private static String text(long millis) {
    for (Map.Entry<String, Long> unit : UNITS.entrySet()) {
      if (millis > 0 && millis % unit.getValue() == 0) {
        return millis / unit.getValue() + unit.getKey();
      }
    }
    return Long.toString(millis);
  }

  private static Map<String, Long> units() {
    Map<String, Long> units = new LinkedHashMap<>();
    units.put("d", 86_400_000L);
    units.put("h", 3_600_000L);
    units.put("min", 60_000L);
    units.put("s", 1_000L);
    units.put("ms", 1L);
    return units;
  }
}
