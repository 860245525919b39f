package dev.remit.proxy.session;

import dev.remit.platform.http.Blocking;
import dev.remit.proxy.login.Authenticator;
import dev.remit.proxy.model.StatementPlanner;
import dev.remit.proxy.model.UserBounds;
import dev.remit.proxy.record.AccessRecorder;
import dev.remit.proxy.upstream.SchemaCheck;
import dev.remit.proxy.wire.WireLimits;
import java.time.Clock;
import java.util.Optional;

/// What every session of one proxy stands on.
public record ProxyEnvironment(
    StatementPlanner planner,
    Authenticator authenticator,
    AccessRecorder recorder,
    Optional<SchemaCheck> schemaCheck,
    WireLimits limits,
    UserBounds bounds,
    Blocking blocking,
    Clock clock) {}
