package io.forwardpass.refusal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.EOFException;
import java.io.IOException;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class FailureTextTest {
  @Test
  void quotesTheFirstLineOfAMessageWithOneFullStopOrNone() {
    Exception failure = new IllegalStateException("\n the page is torn. \nand burnt");
    assertEquals("the page is torn", FailureText.firstLine(failure));
    assertEquals("the page is torn.", FailureText.sentence(failure));
    assertEquals("the page is torn.", FailureText.sentence(new IOException("the page is torn")));
  }

  @Test
  void namesAnExceptionThatSaysNothing() {
    assertEquals("EOFException.", FailureText.sentence(new EOFException()));
    assertEquals("EOFException", FailureText.firstLine(new EOFException(" ")));
  }

  @Test
  void walksToTheLastCause() {
    Exception last = new EOFException("last");
    Exception first = new RuntimeException("first", new IOException("middle", last));
    assertEquals(last, FailureText.deepest(first));
    assertEquals(last, FailureText.deepest(last));
    assertEquals("first middle last", FailureText.chain(first).map(Throwable::getMessage).collect(Collectors.joining(" ")));
  }
}
