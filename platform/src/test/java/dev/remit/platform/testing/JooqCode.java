package dev.remit.platform.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.platform.db.Database;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jooq.codegen.GenerationTool;
import org.jooq.meta.jaxb.Configuration;
import org.jooq.meta.jaxb.Generate;
import org.jooq.meta.jaxb.Generator;
import org.jooq.meta.jaxb.Jdbc;
import org.jooq.meta.jaxb.Target;

/// Generates a module's jOOQ code from its migrated schema and compares it with what is committed
/// under `src/main/jooq`.
///
/// Run a module's tests with `-Dremit.jooq.write=true` to write the code instead.
public final class JooqCode {
  private JooqCode() {}

  /// @param packageName where the generated classes live, for example `dev.remit.evidence.db`
  public static void assertCurrent(String schema, String packageName) throws Exception {
    TestPostgres.Address address = TestPostgres.createDatabase();
    try (Database database = address.open()) {
      database.migrate(schema);
    }
    Path committed = Path.of("src/main/jooq");
    boolean write = Boolean.getBoolean("remit.jooq.write");
    Path generated = write ? committed : Files.createTempDirectory("jooq");
    GenerationTool.generate(
        new Configuration()
            .withJdbc(
                new Jdbc()
                    .withDriver("org.postgresql.Driver")
                    .withUrl(address.jdbcUrl())
                    .withUser(address.user())
                    .withPassword(address.password()))
            .withGenerator(
                new Generator()
                    .withDatabase(
                        new org.jooq.meta.jaxb.Database()
                            .withName("org.jooq.meta.postgres.PostgresDatabase")
                            .withInputSchema(schema)
                            .withOutputSchemaToDefault(false)
                            .withIncludeRoutines(false)
                            .withExcludes("flyway_schema_history"))
                    .withGenerate(
                        new Generate()
                            .withRecords(false)
                            .withGeneratedAnnotation(false)
                            .withComments(false)
                            .withIndexes(false)
                            .withSequences(false))
                    .withTarget(
                        new Target()
                            .withPackageName(packageName)
                            .withDirectory(generated.toString()))));
    assertThat(contents(generated)).isEqualTo(contents(committed));
  }

  private static Map<String, String> contents(Path root) throws IOException {
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> paths = Files.walk(root)) {
      for (Path path : paths.filter(Files::isRegularFile).toList()) {
        files.put(root.relativize(path).toString(), Files.readString(path));
      }
    }
    return files;
  }
}
