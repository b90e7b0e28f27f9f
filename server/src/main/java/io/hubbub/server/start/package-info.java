/** What is needed before anything else: the data folder, free ports, and how a start fails. */
@NullMarked
package io.hubbub.server.start;

import org.jspecify.annotations.NullMarked;
