package dev.weir.identity;

import dev.weir.redis.RedisLink;
import dev.weir.redis.RedisSeal;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/**
 * The second tier in Redis: entries are sealed for their own name and dated, so that a foreign, moved or old one is a miss.
 * Safe for many threads.
 */
public final class RedisKeyCache implements SharedKeyCache {
  private static final String PREFIX = "weir:key:";

  /** Clocks of instances may differ by this much. */
  private static final Duration SKEW = Duration.ofSeconds(5);

  private final RedisLink link;
  private final RedisSeal seal;
  private final LocalKeyCache.Settings settings;
  private final Clock clock;

  public RedisKeyCache(
      RedisLink link, RedisSeal seal, LocalKeyCache.Settings settings, Clock clock) {
    this.link = link;
    this.seal = seal;
    this.settings = settings;
    this.clock = clock;
  }

  @Override
  public Optional<Held> get(String publicId) {
    var name = PREFIX + publicId;
    return link.get(name)
        .flatMap(entry -> seal.open(entry, name))
        .flatMap(KeyAnswerCodec::read)
        .flatMap(this::young);
  }

  private Optional<Held> young(KeyAnswerCodec.Dated dated) {
    var age = Duration.between(dated.at(), clock.instant());
    return age.compareTo(life(dated.answer())) < 0 && age.plus(SKEW).isPositive()
        ? Optional.of(new Held(dated.answer(), age.isNegative() ? Duration.ZERO : age))
        : Optional.empty();
  }

  @Override
  public void put(String publicId, KeyAnswer answer) {
    var name = PREFIX + publicId;
    link.set(name, seal.seal(KeyAnswerCodec.write(answer, clock.instant()), name), life(answer));
  }

  @Override
  public void remove(String publicId) {
    link.delete(PREFIX + publicId);
  }

  private Duration life(KeyAnswer answer) {
    return answer.found().isPresent() ? settings.timeToLive() : settings.negativeTimeToLive();
  }
}
