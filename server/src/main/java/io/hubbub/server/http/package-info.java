/** What operators ask over HTTP: health and metrics. */
@NullMarked
package io.hubbub.server.http;

import org.jspecify.annotations.NullMarked;
