package dev.weir.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.metrics.MetricsTrackerFactory;
import java.time.Duration;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * Two pools on one database: a small impatient one for the data plane, a patient one for admin work, so that neither can
 * take the other's connections. Safe for many threads.
 */
public final class Database implements AutoCloseable {
  private final DatabaseUrl url;
  private final HikariDataSource dataPlane;
  private final HikariDataSource admin;

  private Database(DatabaseUrl url, HikariDataSource dataPlane, HikariDataSource admin) {
    this.url = url;
    this.dataPlane = dataPlane;
    this.admin = admin;
  }

  /**
   * How the pools are sized.
   *
   * @param max connections of the data plane, 1 to 100
   * @param connectTimeout what a request waits at most for a connection
   * @param statementTimeout what the server lets a request's statement take
   * @param maxLifetime how long a connection is used, of both pools
   * @param adminMax connections of the admin plane, 1 to 100
   * @param adminConnectTimeout what admin work waits at most for a connection
   */
  public record Settings(
      int max,
      Duration connectTimeout,
      Duration statementTimeout,
      Duration maxLifetime,
      int adminMax,
      Duration adminConnectTimeout) {
    public static final Settings DEFAULT = new Settings(
        10,
        Duration.ofMillis(250),
        Duration.ofSeconds(1),
        Duration.ofHours(1),
        5,
        Duration.ofSeconds(30));
  }

  /** Opens the pools; connects lazily, so that a database that is down does not keep the process from starting. */
  public static Database open(
      DatabaseUrl url, Settings settings, Optional<MetricsTrackerFactory> metrics) {
    var data = config(url, "data", settings.max(), settings.connectTimeout());
    data.setMaxLifetime(settings.maxLifetime().toMillis());
    data.addDataSourceProperty(
        "options", "-c statement_timeout=" + settings.statementTimeout().toMillis());
    data.addDataSourceProperty("socketTimeout", "2");
    var admin = config(url, "admin", settings.adminMax(), settings.adminConnectTimeout());
    admin.setMaxLifetime(settings.maxLifetime().toMillis());
    // an instance that was stopped in a change must not hold all others up
    admin.addDataSourceProperty(
        "options",
        "-c statement_timeout=60s -c lock_timeout=15s -c idle_in_transaction_session_timeout=60s");
    metrics.ifPresent(factory -> {
      data.setMetricsTrackerFactory(factory);
      admin.setMetricsTrackerFactory(factory);
    });
    return new Database(url, new HikariDataSource(data), new HikariDataSource(admin));
  }

  private static HikariConfig config(DatabaseUrl url, String name, int max, Duration timeout) {
    var config = new HikariConfig();
    config.setPoolName(name);
    config.setJdbcUrl(url.jdbc());
    config.setUsername(url.user());
    config.setPassword(url.password());
    config.setMaximumPoolSize(max);
    config.setMinimumIdle(1);
    config.setConnectionTimeout(timeout.toMillis());
    config.setValidationTimeout(Math.min(timeout.toMillis(), 5000));
    config.setInitializationFailTimeout(-1);
    config.addDataSourceProperty("ApplicationName", "weir-" + name);
    config.addDataSourceProperty("connectTimeout", "3");
    config.addDataSourceProperty("tcpKeepAlive", "true");
    return config;
  }

  public DatabaseUrl url() {
    return url;
  }

  DataSource dataPlane() {
    return dataPlane;
  }

  DataSource admin() {
    return admin;
  }

  @Override
  public void close() {
    dataPlane.close();
    admin.close();
  }
}
