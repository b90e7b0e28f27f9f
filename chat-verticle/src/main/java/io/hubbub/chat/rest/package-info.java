/** The edge over plain HTTP: REST, its documents, and the files of the page. */
@NullMarked
package io.hubbub.chat.rest;

import org.jspecify.annotations.NullMarked;
