package dev.remit.proxy.upstream;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Which texts are prepared on one connection and under which name: a bounded LRU.
///
/// A text is named from its second sight on, so that texts seen once (literals that change) do not
/// push out those that stay; until then the unnamed statement serves.
///
/// Not safe for threads: owned by its connection's event loop.
public final class PreparedStatements {
  private static final int MAXIMUM_NAMED = 256;
  private static final int MAXIMUM_SEEN = 1024;
  private static final long CHECK_AGAIN_NANOS = 1_000_000_000L;

  /// A text with the types its parameters were declared with.
  public record Key(String sql, List<Long> types) {
    public Key {
      types = List.copyOf(types);
    }
  }

  private final Map<Key, String> named = new LinkedHashMap<>(64, 0.75f, true);
  private final Map<Key, Boolean> seen = new LinkedHashMap<>(64, 0.75f, true);
  private final Map<List<Long>, Long> checked = new LinkedHashMap<>(64, 0.75f, true);
  private final Deque<String> toClose = new ArrayDeque<>();
  private @Nullable Key unnamed;
  private long counter;

  /// The name under which the text is prepared, null when it has to be parsed first.
  public @Nullable String find(Key key) {
    String name = named.get(key);
    return name != null ? name : key.equals(unnamed) ? "" : null;
  }

  /// Chooses a name for a text that is about to be parsed and takes it as prepared.
  ///
  /// @param lasting whether the client itself named it
  public String add(Key key, boolean lasting) {
    if (!lasting && seen.put(key, true) == null) {
      trim(seen, MAXIMUM_SEEN);
      unnamed = key;
      return "";
    }
    String name = "s" + ++counter;
    named.put(key, name);
    if (named.size() > MAXIMUM_NAMED) {
      var eldest = named.entrySet().iterator();
      toClose.add(eldest.next().getValue());
      eldest.remove();
    }
    return name;
  }

  /// Another text was parsed as the unnamed statement.
  public void forgetUnnamed() {
    unnamed = null;
  }

  /// Whether the tables' fingerprints have to be compared before the next Parse: not again within a
  /// second of a check that found them right, in which the catalog looks by itself.
  public boolean mustCheck(List<Long> oids, long nowNanos) {
    Long last = checked.get(oids);
    return last == null || nowNanos - last > CHECK_AGAIN_NANOS;
  }

  /// A check was answered, and the tables are the scanned ones.
  ///
  /// @param begunNanos when it was asked for
  public void checked(List<Long> oids, long begunNanos) {
    checked.put(oids, begunNanos);
    trim(checked, MAXIMUM_SEEN);
  }

  /// Forgets a text whose Parse failed or was skipped.
  public void remove(Key key, String name) {
    if (name.isEmpty()) {
      if (key.equals(unnamed)) {
        unnamed = null;
      }
    } else {
      named.remove(key, name);
    }
  }

  /// The evicted names that the source should be told to close; afterwards they are forgotten here.
  public List<String> takeEvicted() {
    if (toClose.isEmpty()) {
      return List.of();
    }
    List<String> names = new ArrayList<>(toClose);
    toClose.clear();
    return names;
  }

  /// A Close that was skipped by the source is tried again later.
  public void evictAgain(String name) {
    toClose.add(name);
  }

  private static <K, V> void trim(Map<K, V> map, int bound) {
    if (map.size() > bound) {
      var eldest = map.entrySet().iterator();
      eldest.next();
      eldest.remove();
    }
  }
}
