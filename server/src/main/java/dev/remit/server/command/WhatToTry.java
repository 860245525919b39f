package dev.remit.server.command;

import dev.remit.server.process.CommandContext;
import dev.remit.server.process.RunningServer;

/// What a newcomer can do next.
final class WhatToTry {
  private final CommandContext context;

  WhatToTry(CommandContext context) {
    this.context = context;
  }

  void print(RunningServer server) {
    String remit = context.launcher();
    context
        .out()
        .printf(
            """

            The same question, three people:
              %1$s psql --as analyst   --for analytics -- -c "select full_name, email, country from customers limit 3"
              %1$s psql --as support   --for service   -- -c "select full_name, email, country from customers limit 3"
              %1$s psql --as marketing --for analytics -- -c "select full_name, email, country from customers limit 3"

            Who saw what, and why:
              %1$s access list
              %1$s access explain ID

            PostgreSQL wire  %2$s:%3$d, database crm, TLS (CA file %4$s)
            Administration   %5$s/api/v1, token in %6$s
            Stop             %1$s down
            """,
            remit,
            server.wireHost(),
            server.wirePort(),
            server.caFile(),
            server.http(),
            context.folder().operatorToken());
  }
}
