//! A child with all its descendants, stopped as one.
//!
//! Each child leads a process group of its own, so that Ctrl-C reaches this program only, and this program
//! then stops what it started: `wrangler` leaves its `workerd` behind when it alone is killed.
//!
//! A service is also kept on a leash, a pipe that ends with this program: whatever kills this program, even
//! at once and without a chance to clean up, the service ends with it and gives its port back.

use std::collections::BTreeSet;
use std::io;
use std::os::unix::process::CommandExt as _;
use std::process::{Child, ChildStderr, ChildStdout, Command, ExitStatus, Stdio};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use nix::sys::signal::{Signal, killpg};
use nix::unistd::Pid;
use wait4::{ResUse, Wait4 as _};

use crate::process::interrupt;
use crate::stopwatch::Stopwatch;

const GRACE: Duration = Duration::from_secs(3);
const POLL: Duration = Duration::from_millis(20);
const FINE_POLL: Duration = Duration::from_micros(500);

static RUNNING: Mutex<BTreeSet<i32>> = Mutex::new(BTreeSet::new());

/// A running child; dropping it stops it and everything it started.
#[derive(Debug)]
pub(crate) struct Group {
    child: Child,
    leader: i32,
    leash: Option<Child>,
}

impl Group {
    /// Starts a program at the head of a new process group.
    ///
    /// # Errors
    /// The program cannot be started, or this program is about to stop.
    pub(crate) fn spawn(command: &mut Command) -> io::Result<Self> {
        // The lock is held while spawning: an interruption sees the child or prevents it.
        let mut running = running();
        if interrupt::is_requested() {
            return Err(io::Error::from(io::ErrorKind::Interrupted));
        }
        let child = command.process_group(0).spawn()?;
        let leader = i32::try_from(child.id()).map_err(io::Error::other)?;
        running.insert(leader);
        Ok(Self {
            child,
            leader,
            leash: None,
        })
    }

    /// Starts a program that must not outlive this one.
    ///
    /// # Errors
    /// The program cannot be started, or this program is about to stop.
    pub(crate) fn spawn_service(command: &mut Command) -> io::Result<Self> {
        let mut group = Self::spawn(command)?;
        let leash = Command::new("sh")
            .args(["-c", "cat > /dev/null; kill -TERM 0"])
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .process_group(group.leader)
            .spawn()?;
        group.leash = Some(leash);
        Ok(group)
    }

    /// The pipe that carries the child's standard output, once.
    pub(crate) fn take_stdout(&mut self) -> Option<ChildStdout> {
        self.child.stdout.take()
    }

    /// The pipe that carries the child's error output, once.
    pub(crate) fn take_stderr(&mut self) -> Option<ChildStderr> {
        self.child.stderr.take()
    }

    /// Waits for the child's end.
    pub(crate) fn wait(&mut self) -> io::Result<Option<ExitStatus>> {
        self.child.wait().map(Some)
    }

    /// Waits for the child's end or until `is_enough`, whichever comes first.
    pub(crate) fn wait_until(
        &mut self,
        is_enough: impl Fn() -> bool,
    ) -> io::Result<Option<ExitStatus>> {
        loop {
            if let Some(status) = self.child.try_wait()? {
                return Ok(Some(status));
            }
            if is_enough() {
                return Ok(None);
            }
            thread::sleep(POLL);
        }
    }

    /// The same for a child that is measured: looks more often, and says what the child used.
    pub(crate) fn wait_measured(
        &mut self,
        is_enough: impl Fn() -> bool,
    ) -> io::Result<Option<ResUse>> {
        loop {
            let ended = self.child.try_wait4()?;
            if ended.is_some() || is_enough() {
                return Ok(ended);
            }
            thread::sleep(FINE_POLL);
        }
    }

    /// Whether the child is still there.
    pub(crate) fn is_running(&mut self) -> bool {
        matches!(self.child.try_wait(), Ok(None))
    }
}

impl Drop for Group {
    fn drop(&mut self) {
        if self.is_running() {
            signal(self.leader, Signal::SIGTERM);
            let watch = Stopwatch::start();
            let _ = self.wait_until(|| watch.is_past(GRACE));
        }
        // The leader may be gone and a descendant not; no such group is the usual case.
        signal(self.leader, Signal::SIGKILL);
        let _ = self.child.wait();
        if let Some(leash) = &mut self.leash {
            let _ = leash.wait();
        }
        running().remove(&self.leader);
    }
}

/// Sends a signal to everything that runs.
pub(crate) fn signal_all(kind: Signal) {
    for leader in running().iter() {
        signal(*leader, kind);
    }
}

fn signal(leader: i32, kind: Signal) {
    let _ = killpg(Pid::from_raw(leader), kind);
}

fn running() -> MutexGuard<'static, BTreeSet<i32>> {
    RUNNING.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::Group;
    use crate::stopwatch::Stopwatch;
    use std::io::{BufRead as _, BufReader};
    use std::os::unix::process::ExitStatusExt as _;
    use std::process::{Command, Stdio};
    use std::time::Duration;

    #[test]
    fn a_service_ends_when_its_leash_does() {
        let mut service = Group::spawn_service(Command::new("sleep").arg("60")).unwrap();
        assert!(service.is_running());
        drop(service.leash.as_mut().unwrap().stdin.take());
        let status = service.wait().unwrap().unwrap();
        assert_eq!(status.signal(), Some(15));
    }

    #[test]
    fn a_dropped_group_takes_its_descendants_along() {
        let mut command = Command::new("sh");
        command.args(["-c", "sleep 60 & echo $!; wait"]);
        let mut group = Group::spawn(command.stdout(Stdio::piped())).unwrap();
        let mut grandchild = String::new();
        BufReader::new(group.take_stdout().unwrap())
            .read_line(&mut grandchild)
            .unwrap();
        drop(group);
        let is_gone = || {
            let is_alive = Command::new("sh")
                .args(["-c", &format!("kill -0 {}", grandchild.trim())])
                .stderr(Stdio::null())
                .status()
                .unwrap()
                .success();
            let stat = std::fs::read_to_string(format!("/proc/{}/stat", grandchild.trim()));
            !is_alive || stat.is_ok_and(|stat| stat.contains(") Z "))
        };
        // A busy machine takes its time to carry out what a signal says.
        let watch = Stopwatch::start();
        while !is_gone() {
            assert!(!watch.is_past(Duration::from_secs(10)));
        }
    }
}
