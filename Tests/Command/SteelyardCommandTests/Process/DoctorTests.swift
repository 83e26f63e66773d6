import Console
import Foundation
import SteelyardCommand
import TestSupport
import Testing

@Suite struct DoctorTests {
  @Test func jsonHasEveryPart() throws {
    try withTemporaryFolder { folder in
      let ended = try Programme.run(["doctor", "--json"], in: folder)
      let checkup = try JSONDecoder().decode(Checkup.self, from: Data(ended.output.utf8))
      #expect(
        checkup.checks.map(\.name) == [
          "libtorch", "bfloat16", "accelerator", "TurboJPEG", "libvips", "formats", "disk",
        ])
      #expect(checkup.healthy && ended.status == 0)
      #expect(checkup.checks.allSatisfy { ($0.status == .ok) == ($0.fix == nil) })
    }
  }

  @Test func textShowsTheFixBelowItsLine() {
    let checkup = Checkup([
      Check("libtorch", .ok, "2.13.0, 2 threads"),
      Check("libvips", .failed, "does not start", fix: "apt-get install libvips-dev"),
    ])
    #expect(!checkup.healthy)
    #expect(
      checkup.text(style: .plain) == """
        ok       libtorch     2.13.0, 2 threads
        failed   libvips      does not start
                              → apt-get install libvips-dev

        """)
  }
}
