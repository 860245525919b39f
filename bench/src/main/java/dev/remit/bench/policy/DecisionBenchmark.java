package dev.remit.bench.policy;

import dev.remit.policy.model.TableDecision;
import dev.remit.policy.ranger.AccessVerdict;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/// One decision of a table with ten columns (access, masks, filters, purpose), from the cache and
/// made anew in three ways, beside the bare Ranger engine.
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class DecisionBenchmark {
  private int call;

  private int nextTable() {
    call++;
    return call % TenThousandPolicies.TABLES;
  }

  /// The caller asked before, in this epoch.
  @Benchmark
  public TableDecision cached(TenThousandPolicies world) {
    return world.engine().decide(world.request(nextTable()));
  }

  /// The caller did not ask in this epoch; somebody whom no policy tells from her did, at any time
  /// since the policies came into force.
  @Benchmark
  public TableDecision anewForAnEpoch(TenThousandPolicies world) {
    int table = nextTable();
    if (table == 0) {
      world.nextEpoch();
    }
    return world.engine().decide(world.request(table));
  }

  /// Nobody in groups like hers asked for this table, as far as is still known.
  @Benchmark
  public TableDecision anewForAStanding(TenThousandPolicies world) {
    int table = nextTable();
    int user = call / TenThousandPolicies.TABLES % TenThousandPolicies.USERS;
    return world.engine().decide(world.request(user, table));
  }

  /// The table itself was never seen.
  @Benchmark
  public TableDecision anewForATable(TenThousandPolicies world) {
    int table = nextTable();
    if (table == 0) {
      world.nextTables();
    }
    return world.engine().decide(world.request(table));
  }

  /// Ranger's own search, access to one column.
  @Benchmark
  public AccessVerdict rangerAccess(TenThousandPolicies world) {
    return world.ranger().access(world.column(nextTable()));
  }

  /// Access, masks and filters for one column.
  @Benchmark
  public void rangerColumn(TenThousandPolicies world, Blackhole hole) {
    int table = nextTable();
    hole.consume(world.ranger().access(world.column(table)));
    hole.consume(world.ranger().masks(world.column(table)));
    hole.consume(world.ranger().filters(world.rows(table)));
  }
}
