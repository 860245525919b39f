package dev.remit.proxy;

import dev.remit.catalog.model.SourceName;
import dev.remit.proxy.edge.CancelRegistry;
import dev.remit.proxy.edge.UserConnections;
import dev.remit.proxy.login.LoginThrottle;
import dev.remit.proxy.session.ProxyEnvironment;
import dev.remit.proxy.upstream.UpstreamTarget;
import io.micrometer.core.instrument.MeterRegistry;
import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/// What the event loops of one proxy share.
///
/// @param clients connections open, over all event loops
@SuppressWarnings("ArrayRecordComponent") // never compared
record ProxyShared(
    ProxyEnvironment environment,
    Function<SourceName, UpstreamTarget> targets,
    CancelRegistry cancels,
    LoginThrottle throttle,
    UserConnections users,
    SecureRandom random,
    byte[] mockSecret,
    AtomicInteger clients,
    MeterRegistry meters) {

  ProxyShared(
      ProxyEnvironment environment,
      Function<SourceName, UpstreamTarget> targets,
      CancelRegistry cancels,
      LoginThrottle throttle,
      UserConnections users,
      SecureRandom random,
      MeterRegistry meters) {
    this(
        environment,
        targets,
        cancels,
        throttle,
        users,
        random,
        random.generateSeed(32),
        new AtomicInteger(),
        meters);
    meters.gauge("remit.proxy.connections", clients);
  }
}
