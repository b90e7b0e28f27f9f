/** Every setting there is, declared once, read from file, environment and command line. */
@NullMarked
package io.hubbub.server.config;

import org.jspecify.annotations.NullMarked;
