package dev.remit.examples.crm.people;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;

/// Chance that is not: the same seed, stream and number always draw the same values.
///
/// One instance serves one row and is not shared. Each row draws from a stream of its own, so that
/// a change in how one row is made moves no other.
public final class Draw {
  private final SplittableRandom random;

  /// @param stream what is drawn for, for example a table's name
  /// @param number which row of it
  public Draw(long seed, String stream, long number) {
    this.random =
        new SplittableRandom(mix(seed ^ mix(stream.hashCode() * 0x9E3779B97F4A7C15L + number)));
  }

  /// 0 to `bound` - 1.
  public int below(int bound) {
    return random.nextInt(bound);
  }

  /// True in `percent` of 100 cases.
  public boolean percent(int percent) {
    return random.nextInt(100) < percent;
  }

  public <T> T pick(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  /// A whole second in `[from, to)`; `from` itself when the span is empty.
  public Instant between(Instant from, Instant to) {
    long seconds = Duration.between(from, to).toSeconds();
    return seconds <= 0 ? from : from.plusSeconds(random.nextLong(seconds));
  }

  /// The form with a drawn digit for each `#`.
  public String digits(String form) {
    StringBuilder filled = new StringBuilder(form.length());
    for (int i = 0; i < form.length(); i++) {
      char symbol = form.charAt(i);
      filled.append(symbol == '#' ? (char) ('0' + random.nextInt(10)) : symbol);
    }
    return filled.toString();
  }

  public long bits() {
    return random.nextLong();
  }

  /// Finaliser of MurmurHash3, 64 bits: neighbouring numbers become unrelated seeds.
  private static long mix(long value) {
    long mixed = (value ^ (value >>> 33)) * 0xFF51AFD7ED558CCDL;
    mixed = (mixed ^ (mixed >>> 33)) * 0xC4CEB9FE1A85EC53L;
    return mixed ^ (mixed >>> 33);
  }
}
