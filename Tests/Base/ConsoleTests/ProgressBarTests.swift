import Console
import Testing

@Suite("Progress bar")
struct ProgressBarTests {
  private func bar(
    _ screen: Screen, interactive: Bool, total: Int = 2600, style: Style = .plain
  ) -> ProgressBar {
    ProgressBar(
      "epoch 3/30", total: total, unit: "images",
      on: screen.terminal(isInteractive: interactive, style: style), clock: screen.clock)
  }

  @Test("one line on a terminal: bar, part, counts, rate, time left, note")
  func terminal() {
    let screen = Screen(width: 100)
    var bar = bar(screen, interactive: true)
    #expect(screen.take() == "")
    screen.wait(10)
    bar.advance(by: 1300, note: "loss 0.412")
    let drawn = String(repeating: "█", count: 15) + "▌" + String(repeating: "·", count: 15)
    #expect(
      screen.take()
        == "\repoch 3/30  \(drawn)  50 %  1,300/2,600  130 images/s  0:10 left  loss 0.412\u{1B}[K")
    screen.wait(0.05)
    bar.advance(by: 1)
    #expect(screen.take() == "")
    screen.wait(0.06)
    bar.advance(by: 1299)
    #expect(screen.take().contains("100 %  2,600/2,600  257 images/s  loss 0.412"))
    bar.finish()
    #expect(screen.take() == "\r\u{1B}[K")
  }

  @Test("never wider than the window, whatever the window", arguments: 0...130)
  func windows(width: Int) {
    let screen = Screen(width: width)
    for total in [0, 2600] {
      for style in [Style.plain, Style(isColored: true)] {
        var bar = bar(screen, interactive: true, total: total, style: style)
        screen.wait(1)
        bar.advance(by: 7, note: "loss 0.4")
        let line = screen.take().replacing("\r", with: "").replacing("\u{1B}[K", with: "")
        #expect(displayWidth(line) <= (width == 0 ? 80 : width) - 1)
      }
    }
  }

  @Test("follows a window that changes its width")
  func resized() {
    let screen = Screen(width: 40)
    var bar = bar(screen, interactive: true)
    screen.wait(1)
    bar.advance(by: 26)
    #expect(!screen.take().contains("·"))
    screen.resize(to: 120)
    screen.wait(1)
    bar.advance(by: 26)
    #expect(screen.take().contains("·"))
  }

  @Test("one plain line for every interval in a log, and one at the end")
  func log() {
    let screen = Screen()
    var bar = bar(screen, interactive: false)
    for _ in 0..<26 {
      screen.wait(1)
      bar.advance(by: 100, note: "loss 0.5")
    }
    bar.finish()
    #expect(
      screen.take() == """
        epoch 3/30: 1,000/2,600 (38 %), 100 images/s, 0:16 left, loss 0.5
        epoch 3/30: 2,000/2,600 (77 %), 100 images/s, 0:06 left, loss 0.5
        epoch 3/30: 2,600 images in 0:26, 100 images/s, loss 0.5

        """)
  }

  @Test("an unknown total has counts and a rate, no time left")
  func unknownTotal() {
    let screen = Screen(width: 90)
    var log = bar(screen, interactive: false, total: 0)
    screen.wait(10)
    log.advance(by: 50)
    #expect(screen.take() == "epoch 3/30: 50 images, 5.00 images/s\n")
    var line = bar(screen, interactive: true, total: 0)
    screen.wait(10)
    line.advance(by: 50)
    #expect(screen.take() == "\repoch 3/30  50 images  5.00 images/s\u{1B}[K")
  }

  @Test("a message between redraws gets a line of its own")
  func interjected() {
    let screen = Screen(width: 30)
    var bar = bar(screen, interactive: true, total: 0)
    bar.interject("early")
    #expect(screen.take() == "early\n")
    screen.wait(1)
    bar.advance(by: 1)
    _ = screen.take()
    bar.interject("saved")
    #expect(screen.take().hasPrefix("\r\u{1B}[Ksaved\n\repoch 3/30"))
  }

  @Test("no time at all, no steps at all")
  func nothing() {
    let screen = Screen()
    var bar = bar(screen, interactive: false)
    bar.finish()
    #expect(screen.take() == "epoch 3/30: 0 images in 0:00, -- images/s\n")
    var silent = self.bar(screen, interactive: true)
    silent.finish()
    #expect(screen.take() == "")
  }
}
