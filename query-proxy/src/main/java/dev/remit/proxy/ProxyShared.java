package dev.remit.proxy;

import dev.remit.catalog.model.SourceName;
import dev.remit.proxy.edge.Admission;
import dev.remit.proxy.edge.CancelRegistry;
import dev.remit.proxy.edge.UserConnections;
import dev.remit.proxy.login.LoginThrottle;
import dev.remit.proxy.session.ProxyEnvironment;
import dev.remit.proxy.upstream.UpstreamTarget;
import io.micrometer.core.instrument.MeterRegistry;
import java.security.SecureRandom;
import java.util.function.Function;

/// What the event loops of one proxy share.
@SuppressWarnings("ArrayRecordComponent") // never compared
record ProxyShared(
    ProxyEnvironment environment,
    Function<SourceName, UpstreamTarget> targets,
    CancelRegistry cancels,
    LoginThrottle throttle,
    Admission admission,
    UserConnections users,
    SecureRandom random,
    byte[] mockSecret,
    MeterRegistry meters) {

  ProxyShared(
      ProxyEnvironment environment,
      Function<SourceName, UpstreamTarget> targets,
      CancelRegistry cancels,
      LoginThrottle throttle,
      Admission admission,
      UserConnections users,
      SecureRandom random,
      MeterRegistry meters) {
    this(
        environment,
        targets,
        cancels,
        throttle,
        admission,
        users,
        random,
        random.generateSeed(32),
        meters);
    meters.gauge("remit.proxy.connections", admission, Admission::sessions);
  }
}
