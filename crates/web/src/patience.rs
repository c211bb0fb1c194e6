//! A connection that keeps the time where nothing else does: before the first words, and while nobody reads the answer.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::{Sleep, sleep};

/// As many bytes as it takes to tell which HTTP is spoken; from there on the head of a request has a time of its own.
const GREETING: usize = 24;

/// A stream with a limit on silence.
pub(crate) struct Patient<S> {
    stream: S,
    /// How much of the greeting is to come.
    missing: usize,
    greeting: Pin<Box<Sleep>>,
    /// How long a write may stand still, and the one that does.
    standstill: Duration,
    stuck: Option<Pin<Box<Sleep>>>,
}

impl<S> Patient<S> {
    pub(crate) fn new(stream: S, greeting: Duration, standstill: Duration) -> Self {
        Self { stream, missing: GREETING, greeting: Box::pin(sleep(greeting)), standstill, stuck: None }
    }

    /// What came of a write, or that it has stood still too long.
    fn moving<T>(&mut self, context: &mut Context<'_>, written: Poll<io::Result<T>>) -> Poll<io::Result<T>> {
        if written.is_ready() {
            self.stuck = None;
            return written;
        }
        let standstill = self.standstill;
        let stuck = self.stuck.get_or_insert_with(|| Box::pin(sleep(standstill)));
        match stuck.as_mut().poll(context) {
            Poll::Ready(()) => Poll::Ready(Err(io::ErrorKind::TimedOut.into())),
            Poll::Pending => Poll::Pending,
        }
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Patient<S> {
    fn poll_read(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        if this.missing > 0 && this.greeting.as_mut().poll(context).is_ready() {
            return Poll::Ready(Err(io::ErrorKind::TimedOut.into()));
        }
        let before = buffer.filled().len();
        let read = Pin::new(&mut this.stream).poll_read(context, buffer);
        this.missing = this.missing.saturating_sub(buffer.filled().len().saturating_sub(before));
        read
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Patient<S> {
    fn poll_write(self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let this = self.get_mut();
        let written = Pin::new(&mut this.stream).poll_write(context, bytes);
        this.moving(context, written)
    }

    fn poll_flush(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        let flushed = Pin::new(&mut this.stream).poll_flush(context);
        this.moving(context, flushed)
    }

    fn poll_shutdown(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().stream).poll_shutdown(context)
    }

    fn poll_write_vectored(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        parts: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let this = self.get_mut();
        let written = Pin::new(&mut this.stream).poll_write_vectored(context, parts);
        this.moving(context, written)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::io::{AsyncReadExt, AsyncWriteExt, duplex};

    const SOON: Duration = Duration::from_millis(50);

    fn block<T>(test: impl Future<Output = T>) -> T {
        tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(test)
    }

    #[test]
    fn silence_ends_it_but_not_after_the_greeting() {
        block(async {
            let (ours, mut theirs) = duplex(1024);
            let mut ours = Patient::new(ours, SOON, SOON);
            theirs.write_all(b"PRI").await.unwrap();
            let mut bytes = [0; GREETING];
            assert_eq!(ours.read_exact(&mut bytes).await.unwrap_err().kind(), io::ErrorKind::TimedOut);

            let (ours, mut theirs) = duplex(1024);
            let mut ours = Patient::new(ours, SOON, SOON);
            theirs.write_all(&[b'x'; GREETING]).await.unwrap();
            ours.read_exact(&mut bytes).await.unwrap();
            sleep(SOON * 2).await;
            theirs.write_all(b"y").await.unwrap();
            assert_eq!(ours.read_u8().await.unwrap(), b'y');
        });
    }

    #[test]
    fn an_answer_that_nobody_reads_ends_it() {
        block(async {
            let (ours, _theirs) = duplex(16);
            let mut ours = Patient::new(ours, SOON, SOON);
            assert_eq!(ours.write_all(&[0; 64]).await.unwrap_err().kind(), io::ErrorKind::TimedOut);

            let (ours, _theirs) = duplex(64);
            let mut ours = Patient::new(ours, SOON, SOON);
            ours.write_all(&[0; 64]).await.unwrap();
        });
    }
}
