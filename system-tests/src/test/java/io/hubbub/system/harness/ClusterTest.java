package io.hubbub.system.harness;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/** A test class whose constructor is given a running {@link Cluster}. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(ClusterExtension.class)
public @interface ClusterTest {
  /** How many nodes; only of an own one. */
  int nodes() default 3;

  /** Whether this class has one to itself, as it ends nodes or needs other settings. */
  boolean own() default false;

  /** Whether an own one's nodes reach the database through a {@link DatabaseProxy}. */
  boolean proxied() default false;

  /** Whether an own one's nodes are apart, at places of a {@link Network} of their own. */
  boolean apart() default false;

  /** Settings of an own one's nodes, {@code --name=value}. */
  String[] settings() default {};
}
