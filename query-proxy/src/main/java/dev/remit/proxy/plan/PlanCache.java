package dev.remit.proxy.plan;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.remit.platform.error.RemitException;
import dev.remit.proxy.model.GovernedQuery;
import dev.remit.proxy.model.PlannedStatement;
import dev.remit.proxy.model.StatementContext;
import dev.remit.sql.Tokens;
import dev.remit.sql.model.text.Lexeme;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Plans of statements seen before, by their words without literals, by everything of the principal
/// and session that a decision may depend on, and by the epoch: a plan of an older epoch is never
/// found.
///
/// Bounded. Safe for many threads; nothing blocks, so that a look-up may run on an event loop.
final class PlanCache {
  private static final int MAXIMUM_SHAPES = 10_000;
  private static final int TEMPLATES_PER_SHAPE = 8;
  private static final int LONGEST_LOOKED_UP = 16_384;

  private record Key(String shape, StatementContext context, long epoch) {}

  private final Cache<Key, List<PlanTemplate>> templates =
      Caffeine.newBuilder()
          .maximumSize(MAXIMUM_SHAPES)
          .expireAfterAccess(Duration.ofMinutes(30))
          .executor(Runnable::run)
          .build();

  /// The plan, filled with this text's literals, or null.
  @Nullable PlannedStatement find(StatementContext context, String text, long epoch) {
    if (text.length() > LONGEST_LOOKED_UP) {
      return null;
    }
    StatementWords words;
    try {
      words = StatementWords.of(Tokens.scan(text));
    } catch (RemitException unreadable) {
      // Planning will say what is wrong with it.
      return null;
    }
    List<PlanTemplate> known = templates.getIfPresent(new Key(words.shape(), context, epoch));
    if (known == null) {
      return null;
    }
    for (PlanTemplate template : known) {
      if (template.fits(words)) {
        return new PlannedStatement.Query(template.fill(words));
      }
    }
    return null;
  }

  /// Keeps a plan made under this epoch; answers the query as a later look-up would.
  GovernedQuery keep(
      StatementContext context, List<Lexeme> words, long epoch, QueryPlan.Planned planned) {
    if (words.getLast().position() > LONGEST_LOOKED_UP) {
      return planned.query();
    }
    StatementWords own = StatementWords.of(words);
    PlanTemplate template = PlanTemplate.of(planned, own);
    templates
        .asMap()
        .merge(
            new Key(own.shape(), context, epoch),
            List.of(template),
            (known, added) -> {
              List<PlanTemplate> both = new ArrayList<>(added);
              both.addAll(known.subList(0, Math.min(known.size(), TEMPLATES_PER_SHAPE - 1)));
              return List.copyOf(both);
            });
    return template.fill(own);
  }
}
