package dev.remit.proxy.plan;

import dev.remit.catalog.model.CatalogSnapshot;
import dev.remit.catalog.model.PurposeCode;
import dev.remit.catalog.model.Source;
import dev.remit.catalog.model.SourceName;
import dev.remit.platform.error.ErrorCode;
import dev.remit.platform.error.RemitException;
import dev.remit.policy.model.Principal;
import dev.remit.policy.model.TableDecision;
import dev.remit.policy.model.TableRequest;
import dev.remit.proxy.govern.AllowLists;
import dev.remit.proxy.model.PlannedStatement;
import dev.remit.proxy.model.RefusedStatement;
import dev.remit.proxy.model.StatementContext;
import dev.remit.proxy.model.StatementPlanner;
import dev.remit.proxy.source.SourceFacts;
import dev.remit.proxy.systemcatalog.KnownObjects;
import dev.remit.sql.PostgresSql;
import dev.remit.sql.Tokens;
import dev.remit.sql.model.Command;
import dev.remit.sql.model.Query;
import dev.remit.sql.model.SessionCommand;
import dev.remit.sql.model.Statement;
import dev.remit.sql.model.text.Lexeme;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Reads statements and decides them: parse, resolve, govern, fence, emit, verify.
///
/// Safe for use by many threads. A statement is planned under one epoch; when that ends meanwhile,
/// it is planned again.
public final class Planner implements StatementPlanner {
  private static final int LONGEST_STATEMENT = 1_000_000;
  private static final int ATTEMPTS = 5;

  private final Supplier<CatalogSnapshot> catalog;
  private final Function<TableRequest, TableDecision> decide;
  private final LongSupplier epoch;
  private final Function<SourceName, SourceFacts> facts;
  private final Function<Principal, List<PurposeCode>> openPurposes;
  private final AllowLists lists = AllowLists.load();
  private final PlanCache cache = new PlanCache();
  private final KnownObjects objects = new KnownObjects();
  private final Map<SourceName, SourceView> sources = new ConcurrentHashMap<>();

  /// @param epoch grows with every change of policy, principal, catalog or source facts
  /// @param facts of a registered source; [SourceFacts#NONE] while it was not asked
  /// @param openPurposes purposes a principal may declare, for messages
  public Planner(
      Supplier<CatalogSnapshot> catalog,
      Function<TableRequest, TableDecision> decide,
      LongSupplier epoch,
      Function<SourceName, SourceFacts> facts,
      Function<Principal, List<PurposeCode>> openPurposes) {
    this.catalog = catalog;
    this.decide = decide;
    this.epoch = epoch;
    this.facts = facts;
    this.openPurposes = openPurposes;
  }

  @Override
  public long epoch() {
    return epoch.getAsLong();
  }

  @Override
  public List<String> split(String text) {
    return StatementWords.split(text);
  }

  @Override
  public @Nullable PlannedStatement cached(StatementContext context, String text) {
    return cache.find(context, text, epoch.getAsLong());
  }

  @Override
  public PlannedStatement plan(StatementContext context, String text) {
    if (text.length() > LONGEST_STATEMENT) {
      throw new RemitException(
          ErrorCode.STATEMENT_TOO_LARGE,
          "a statement has at most " + LONGEST_STATEMENT + " characters");
    }
    try {
      for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
        long before = epoch.getAsLong();
        PlannedStatement planned = plan(context, text, before);
        if (epoch.getAsLong() == before) {
          return planned;
        }
      }
      throw new RemitException(
          ErrorCode.DECISION_CHANGED, "policy kept changing while the statement was read; retry");
    } catch (RemitException refusal) {
      throw positioned(refusal);
    } catch (StackOverflowError deep) {
      throw new RemitException(
          ErrorCode.STATEMENT_TOO_COMPLEX, "the statement is nested too deeply", deep);
    }
  }

  /// Trees carry line 1 and the character as column; clients expect `position`.
  private static RemitException positioned(RemitException refusal) {
    String column = refusal.details().get("column");
    if (column == null) {
      return refusal;
    }
    RemitException positioned =
        new RemitException(refusal.code(), refusal.getMessage(), Map.of("position", column));
    positioned.initCause(refusal);
    return positioned;
  }

  private PlannedStatement plan(StatementContext context, String text, long current) {
    List<Lexeme> words = Tokens.scan(text);
    if (StatementWords.isEmpty(words)) {
      return new PlannedStatement.Empty();
    }
    try {
      return plan(context, text, words, current);
    } catch (RemitException refusal) {
      throw RefusedStatement.of(refusal).isPresent()
          ? refusal
          : QueryPlan.explained(refusal, StatementWords.normalised(words), Map.of());
    }
  }

  private PlannedStatement plan(
      StatementContext context, String text, List<Lexeme> words, long current) {
    Statement statement = (Statement) PostgresSql.parseStatement(text);
    return switch (statement) {
      case Query query when SessionCommands.settingCall(query).isPresent() ->
          SessionCommands.settingCall(query).get();
      case Query query -> {
        QueryPlan.Planned planned = govern(context, query, words, current);
        yield new PlannedStatement.Query(cache.keep(context, words, current, planned));
      }
      case SessionCommand.Transaction command -> SessionCommands.transaction(command);
      case SessionCommand.Setting command -> SessionCommands.setting(command);
      case Command.Prepare command -> {
        if (!(command.statement() instanceof Query)) {
          throw SessionCommands.refused((Command) command.statement(), true);
        }
        yield SessionCommands.prepare(command, text);
      }
      case Command.Execute command -> SessionCommands.execute(command);
      case Command.Forget command -> SessionCommands.forget(command);
      case Command.FetchCursor command -> SessionCommands.fetch(command);
      case Command.DeclareCursor command -> declare(context, command, words, current);
      case Command.Copy command ->
          new PlannedStatement.CopyOut(
              govern(context, CopyCommands.query(command), words, current).query(),
              CopyCommands.options(command));
      case Command.Explain command -> throw SessionCommands.refused(command, false);
      // There is nothing to stop listening to; pools ask for it when they give a connection back.
      case Command.Refused command when command.tag().equals("UNLISTEN") ->
          new PlannedStatement.Unlisten();
      case Command.Refused command -> throw SessionCommands.refused(command, command.writes());
    };
  }

  private PlannedStatement declare(
      StatementContext context, Command.DeclareCursor command, List<Lexeme> words, long current) {
    if (command.options().contains("with hold") || command.options().contains("scroll")) {
      throw new RemitException(
          ErrorCode.FEATURE_NOT_SUPPORTED, "cursors are forward only and end with the transaction");
    }
    return new PlannedStatement.DeclareCursor(
        command.name(),
        command.options().contains("binary"),
        govern(context, (Query) command.query(), words, current).query());
  }

  private QueryPlan.Planned govern(
      StatementContext context, Query query, List<Lexeme> words, long current) {
    Source source = source(context.source());
    SourceFacts known = facts.apply(context.source());
    SourceView view =
        sources.compute(
            context.source(),
            (name, old) ->
                old != null && old.isOf(source, known) ? old : SourceView.of(source, known));
    return new QueryPlan(
            context,
            view,
            lists,
            decide,
            openPurposes,
            (path, making) -> objects.find(context, path, current, making))
        .govern(query, StatementWords.normalised(words), current);
  }

  private Source source(SourceName name) {
    Source source =
        catalog
            .get()
            .source(name)
            .orElseThrow(() ->
                new RemitException(
                    ErrorCode.UNKNOWN_SOURCE, "database \"" + name + "\" does not exist"));
    return switch (source.state()) {
      case READY -> source;
      case DRIFTED ->
          throw new RemitException(
              ErrorCode.CATALOG_DRIFTED,
              "the schema of "
                  + name
                  + " is not the scanned one; ask an operator for `remit source scan "
                  + name
                  + "`");
      case UNREACHABLE ->
          throw new RemitException(
              ErrorCode.SOURCE_UNAVAILABLE,
              "the source "
                  + name
                  + " cannot be reached; Remit looks for it every second, try again once it runs");
      case UNSAFE_ROLE ->
          throw new RemitException(
              ErrorCode.UNSAFE_SOURCE_ROLE,
              "the role of source "
                  + name
                  + " can do more than read; `remit source scan "
                  + name
                  + "` says what and how to mend it");
    };
  }
}
