package dev.remit.proxy;

import dev.remit.platform.error.ErrorCode;
import dev.remit.platform.error.RemitException;
import dev.remit.policy.model.PolicyValue;
import dev.remit.proxy.model.AccessSummary;
import dev.remit.proxy.model.CopyOptions;
import dev.remit.proxy.model.GovernedQuery;
import dev.remit.proxy.model.PlannedStatement;
import dev.remit.proxy.model.PlannedStatement.Transaction.Action;
import dev.remit.proxy.model.StatementContext;
import dev.remit.proxy.model.StatementPlanner;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A planner that governs nothing: queries pass as they are, so that the wire can be compared with
/// a direct connection. Comments steer it: `/*personal*/` reads a clear personal column, `/*tail*/`
/// appends a policy value as last parameter, `forbidden` is refused at its position.
final class PassThroughPlanner implements StatementPlanner {
  private static final Pattern PARAMETER = Pattern.compile("\\$(\\d+)");
  private static final Pattern SET =
      Pattern.compile("(?i)set\\s+(?:session\\s+)?(local\\s+)?([\\w.]+)\\s*(?:=|\\bto\\b)\\s*(.+)");
  private static final Pattern DECLARE =
      Pattern.compile(
          "(?is)declare\\s+\"?(\\w+)\"?\\s+(binary\\s+)?.*?cursor\\s+(?:\\w+\\s+hold\\s+)?for\\s+(.+)");
  private static final Pattern FETCH =
      Pattern.compile(
          "(?i)(fetch|move)\\s+(?:forward\\s+)?(all|\\d+)?\\s*(?:from|in)?\\s*\"?(\\w+)\"?");
  private static final Pattern COPY =
      Pattern.compile("(?is)copy\\s+\\((.+)\\)\\s+to\\s+stdout(.*)");
  private static final Pattern PREPARE =
      Pattern.compile("(?is)prepare\\s+(\\w+)\\s*(?:\\(([^)]*)\\))?\\s+as\\s+(.+)");
  private static final Pattern EXECUTE =
      Pattern.compile("(?is)execute\\s+(\\w+)\\s*(?:\\((.*)\\))?");

  final Map<String, PlannedStatement> cache = new ConcurrentHashMap<>();
  private final AtomicLong epoch = new AtomicLong(1);
  volatile boolean cacheEnabled = true;
  volatile long retypedFrom = 1;
  volatile List<Long> tableOids = List.of();

  @Override
  public List<String> split(String text) {
    List<String> parts = new ArrayList<>();
    for (String part : text.split(";")) {
      if (!part.isBlank()) {
        parts.add(part);
      }
    }
    return parts.isEmpty() ? List.of("") : parts;
  }

  /// How many statements were planned, not found in the cache.
  final AtomicLong plans = new AtomicLong();

  @Override
  public @Nullable PlannedStatement cached(StatementContext context, String text) {
    return cache.get(epoch() + text);
  }

  @Override
  public PlannedStatement plan(StatementContext context, String text) {
    PlannedStatement plan = read(text.strip().replaceFirst(";$", ""));
    plans.incrementAndGet();
    if (cacheEnabled) {
      cache.put(epoch() + text, plan);
    }
    return plan;
  }

  @Override
  public long epoch() {
    return epoch.get();
  }

  /// As if a policy had changed.
  void changePolicy() {
    epoch.incrementAndGet();
  }

  private PlannedStatement read(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    String word = lower.split("[^a-z]+", 2)[0];
    return switch (word) {
      case "" ->
          lower.startsWith("/*") || lower.startsWith("(")
              ? new PlannedStatement.Query(query(text))
              : new PlannedStatement.Empty();
      case "begin", "start" -> transaction(Action.BEGIN);
      case "commit", "end" -> transaction(Action.COMMIT);
      case "rollback", "abort" ->
          lower.contains(" to ")
              ? savepoint(Action.ROLLBACK_TO, lower)
              : transaction(Action.ROLLBACK);
      case "savepoint" -> savepoint(Action.SAVEPOINT, lower);
      case "release" -> savepoint(Action.RELEASE, lower);
      case "set" -> set(text);
      case "show" ->
          new PlannedStatement.ShowSetting(
              lower.contains("transaction isolation")
                  ? "transaction_isolation"
                  : lower.substring(5).strip());
      case "reset" -> new PlannedStatement.ResetSetting(lower.substring(6).strip());
      case "discard" -> new PlannedStatement.Discard(lower.substring(8).strip());
      case "prepare" -> prepare(text);
      case "execute" -> execute(text);
      case "deallocate" ->
          new PlannedStatement.Deallocate(
              lower.endsWith(" all") ? Optional.empty() : Optional.of(lower.substring(11).strip()));
      case "declare" -> declare(text);
      case "fetch", "move" -> fetch(text);
      case "close" -> new PlannedStatement.CloseCursor(Optional.of(lower.substring(6).strip()));
      case "copy" -> copy(text);
      case "select", "values", "with", "table" -> new PlannedStatement.Query(query(text));
      default -> throw new RemitException(ErrorCode.READ_ONLY, word + " is refused");
    };
  }

  GovernedQuery query(String text) {
    int forbidden = text.indexOf("forbidden");
    if (forbidden >= 0) {
      throw new RemitException(
          ErrorCode.UNKNOWN_TABLE,
          "relation \"forbidden\" does not exist",
          Map.of("position", Integer.toString(forbidden + 1)));
    }
    int parameters = 0;
    Matcher matcher = PARAMETER.matcher(text);
    while (matcher.find()) {
      parameters = Math.max(parameters, Integer.parseInt(matcher.group(1)));
    }
    List<PolicyValue> values = List.of();
    String sql = text;
    if (text.contains("/*tail*/")) {
      sql = text.replace("/*tail*/", ", $" + (parameters + 1));
      values = List.of(new PolicyValue("text", "from policy"));
    }
    if (text.contains("/*changing*/")) {
      sql = sql + " limit " + epoch() * 100;
    }
    if (text.contains("/*retyped*/")) {
      sql = sql + (epoch() % 2 == retypedFrom % 2 ? "" : "::text");
    }
    AccessSummary access =
        new AccessSummary(
            Integer.toHexString(text.hashCode()),
            text.replaceAll("'[^']*'|\\d+", "?"),
            List.of(),
            tableOids,
            List.of(),
            List.of(),
            List.of(),
            text.contains("/*personal*/"),
            List.of());
    return new GovernedQuery(sql, parameters, values, access, epoch(), position -> position);
  }

  private static PlannedStatement transaction(Action action) {
    return new PlannedStatement.Transaction(action, Optional.empty());
  }

  private static PlannedStatement savepoint(Action action, String lower) {
    String[] words = lower.replace("savepoint ", "").replace("release ", "").split("\\s+");
    return new PlannedStatement.Transaction(
        action, Optional.of(words[words.length - 1].replace("\"", "")));
  }

  private static PlannedStatement set(String text) {
    if (text.toLowerCase(Locale.ROOT).contains("characteristics")) {
      return new PlannedStatement.Transaction(Action.SET_MODES, Optional.empty());
    }
    Matcher matcher = matching(SET, text);
    List<String> values = new ArrayList<>();
    for (String value : matcher.group(3).split(",")) {
      values.add(value.strip().replaceAll("^'|'$", ""));
    }
    boolean isDefault = values.equals(List.of("default")) || values.equals(List.of("DEFAULT"));
    return new PlannedStatement.SetSetting(
        matcher.group(2), isDefault ? List.of() : values, matcher.group(1) != null, false);
  }

  private static PlannedStatement prepare(String text) {
    Matcher matcher = matching(PREPARE, text);
    List<String> types =
        matcher.group(2) == null || matcher.group(2).isBlank()
            ? List.of()
            : List.of(matcher.group(2).split("\\s*,\\s*"));
    return new PlannedStatement.Prepare(matcher.group(1), types, matcher.group(3));
  }

  private static PlannedStatement execute(String text) {
    Matcher matcher = matching(EXECUTE, text);
    List<Optional<String>> arguments = new ArrayList<>();
    if (matcher.group(2) != null) {
      for (String argument : matcher.group(2).split(",")) {
        String plain = argument.strip();
        arguments.add(
            plain.equals("null") ? Optional.empty() : Optional.of(plain.replaceAll("^'|'$", "")));
      }
    }
    return new PlannedStatement.ExecutePrepared(matcher.group(1), arguments);
  }

  private PlannedStatement declare(String text) {
    Matcher matcher = matching(DECLARE, text);
    return new PlannedStatement.DeclareCursor(
        matcher.group(1), matcher.group(2) != null, query(matcher.group(3)));
  }

  private static PlannedStatement fetch(String text) {
    Matcher matcher = matching(FETCH, text);
    String count = matcher.group(2);
    return new PlannedStatement.Fetch(
        matcher.group(3),
        count == null ? 1 : count.equalsIgnoreCase("all") ? -1 : Long.parseLong(count),
        matcher.group(1).equalsIgnoreCase("move"));
  }

  private PlannedStatement copy(String text) {
    Matcher matcher = matching(COPY, text);
    String options = matcher.group(2).toLowerCase(Locale.ROOT);
    boolean csv = options.contains("csv");
    return new PlannedStatement.CopyOut(
        query(matcher.group(1)),
        new CopyOptions(
            options.contains("binary")
                ? CopyOptions.Format.BINARY
                : csv ? CopyOptions.Format.CSV : CopyOptions.Format.TEXT,
            csv ? ',' : '\t',
            csv ? "" : "\\N",
            options.contains("header"),
            '"',
            '"',
            options.contains("force_quote")));
  }

  private static Matcher matching(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    if (!matcher.matches()) {
      throw new RemitException(ErrorCode.SYNTAX_ERROR, "the pass-through planner cannot read this");
    }
    return matcher;
  }
}
