package dev.remit.proxy.model;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What the access record says of a statement that was refused while it was planned, or later. It
/// travels as the cause of the refusal, so that none of it can reach the client.
public final class RefusedStatement extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final int DEEPEST_CAUSE = 16;

  private final transient Asked asked;

  /// @param fingerprint hex digest of the normalised statement
  /// @param statement the normalised statement: literals replaced by `?`
  /// @param tables qualified names of the relations it asked for, denied ones included
  /// @param policies ids of the policies that determined anything of them
  /// @param why one line for each reason
  public record Asked(
      String fingerprint,
      String statement,
      List<String> tables,
      List<Long> policies,
      List<String> why) {
    public Asked {
      tables = List.copyOf(tables);
      policies = List.copyOf(policies);
      why = List.copyOf(why);
    }
  }

  public RefusedStatement(Asked asked, Throwable refusal) {
    super("refused", refusal, false, false);
    this.asked = asked;
  }

  /// Of a statement that had been decided before it was refused.
  public static RefusedStatement of(AccessSummary access, Throwable refusal) {
    return new RefusedStatement(
        new Asked(
            access.fingerprint(),
            access.statement(),
            access.tables(),
            access.policies(),
            access.why()),
        refusal);
  }

  /// What is known of the statement that a refusal is about.
  public static Optional<Asked> of(Throwable refusal) {
    @Nullable Throwable cause = refusal;
    for (int depth = 0; cause != null && depth < DEEPEST_CAUSE; depth++) {
      if (cause instanceof RefusedStatement refused) {
        return Optional.of(refused.asked);
      }
      cause = cause.getCause();
    }
    return Optional.empty();
  }
}
