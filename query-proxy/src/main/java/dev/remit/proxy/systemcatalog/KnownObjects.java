package dev.remit.proxy.systemcatalog;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.remit.catalog.model.PurposeCode;
import dev.remit.catalog.model.SourceName;
import dev.remit.policy.model.Principal;
import dev.remit.proxy.model.StatementContext;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// What exists for whom, kept while its epoch lasts: making it asks for a decision on every table,
/// and every plan of a catalog statement holds it.
///
/// What a change of policy overtakes while it is made is only found by plans of the old epoch,
/// which the planner throws away. Bounded; safe for many threads.
public final class KnownObjects {
  private static final int MAXIMUM = 200;

  private record Key(
      Principal principal,
      SourceName source,
      Optional<PurposeCode> purpose,
      List<String> path,
      long epoch) {}

  private final Cache<Key, VisibleObjects> known =
      Caffeine.newBuilder()
          .maximumSize(MAXIMUM)
          .expireAfterAccess(Duration.ofMinutes(30))
          .executor(Runnable::run)
          .build();

  /// What was made under this epoch for a session like this, or what `making` gives.
  ///
  /// @param path the search path that counts, which is not always the session's
  public VisibleObjects find(
      StatementContext context, List<String> path, long epoch, Supplier<VisibleObjects> making) {
    return known.get(
        new Key(context.principal(), context.source(), context.purpose(), path, epoch),
        absent -> making.get());
  }
}
