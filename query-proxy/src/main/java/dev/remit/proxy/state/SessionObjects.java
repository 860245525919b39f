package dev.remit.proxy.state;

import dev.remit.platform.error.ErrorCode;
import dev.remit.platform.error.RemitException;
import dev.remit.proxy.model.GovernedQuery;
import dev.remit.proxy.model.PlannedStatement;
import dev.remit.proxy.wire.FrontendMessage;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A session's prepared statements and portals, by the names the client gave them. A statement may
/// be made by Parse and run by EXECUTE, or made by PREPARE and bound by Bind.
///
/// Bounded. Both live here and not at the source: a statement is prepared there again on whichever
/// connection the session borrows. Owned by the session's event loop.
public final class SessionObjects {

  /// @param types the client's parameter types
  /// @param basis under which it was decided
  /// @param lasting whether the client gave it a name
  /// @param shape the result types the client was told
  /// @param decidedAnew whether they have to be compared when it is bound
  public record Prepared(
      String text,
      List<Long> types,
      PlannedStatement plan,
      DecisionBasis basis,
      boolean lasting,
      ResultShape shape,
      boolean decidedAnew) {}

  /// A bound statement. Portals of queries exist at the source as well, under [#sourceName].
  ///
  /// @param isCursor made by DECLARE: FETCH tells its rows
  public record Portal(
      String name,
      Prepared statement,
      FrontendMessage.Bind bind,
      Optional<GovernedQuery> query,
      boolean isCursor) {

    /// The client's names are prefixed so that none can meet one of ours.
    public String sourceName() {
      return sourceName(name);
    }

    public static String sourceName(String name) {
      return name.isEmpty() ? "" : "c_" + name;
    }
  }

  private final int maximumStatements;
  private final int maximumPortals;
  private final Map<String, Prepared> statements = new HashMap<>();
  private final Map<String, Portal> portals = new HashMap<>();

  public SessionObjects(int maximumStatements, int maximumPortals) {
    this.maximumStatements = maximumStatements;
    this.maximumPortals = maximumPortals;
  }

  public Prepared statement(String name) {
    Prepared statement = statements.get(name);
    if (statement == null) {
      throw new RemitException(
          ErrorCode.UNKNOWN_PREPARED_STATEMENT,
          name.isEmpty()
              ? "unnamed prepared statement does not exist"
              : "prepared statement \"" + name + "\" does not exist");
    }
    return statement;
  }

  /// Refuses a name that is taken, before anything is planned for it.
  public void requireFreeStatement(String name) {
    if (!name.isEmpty() && statements.containsKey(name)) {
      throw new RemitException(
          ErrorCode.DUPLICATE_PREPARED_STATEMENT,
          "prepared statement \"" + name + "\" already exists");
    }
    requireRoom(statements.size(), maximumStatements, "prepared statements");
  }

  public void putStatement(String name, Prepared statement) {
    statements.put(name, statement);
  }

  public void removeStatement(String name) {
    statements.remove(name);
  }

  public void removeStatements() {
    statements.keySet().removeIf(name -> !name.isEmpty());
  }

  /// Whether a statement of that name exists, made by message or by SQL.
  public boolean hasStatement(String name) {
    return statements.containsKey(name);
  }

  public Portal portal(String name) {
    return findPortal(name)
        .orElseThrow(() ->
            new RemitException(ErrorCode.UNKNOWN_CURSOR, "portal \"" + name + "\" does not exist"));
  }

  public Optional<Portal> findPortal(String name) {
    return Optional.ofNullable(portals.get(name));
  }

  public void requireFreePortal(String name) {
    if (!name.isEmpty() && portals.containsKey(name)) {
      throw new RemitException(
          ErrorCode.DUPLICATE_CURSOR, "cursor \"" + name + "\" already exists");
    }
    requireRoom(portals.size(), maximumPortals, "portals");
  }

  public void putPortal(Portal portal) {
    portals.put(portal.name(), portal);
  }

  public void removePortal(String name) {
    portals.remove(name);
  }

  /// The names of all cursors, for CLOSE ALL.
  public List<String> cursors() {
    return portals.values().stream().filter(Portal::isCursor).map(Portal::name).toList();
  }

  /// The end of a transaction is the end of every portal.
  public void transactionEnded() {
    portals.clear();
  }

  private static void requireRoom(int size, int maximum, String what) {
    if (size >= maximum) {
      throw new RemitException(
          ErrorCode.STATEMENT_TOO_COMPLEX,
          "a session has at most " + maximum + " " + what + "; close some first");
    }
  }
}
