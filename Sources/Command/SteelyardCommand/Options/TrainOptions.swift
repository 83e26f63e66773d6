package import Datasets
package import Evaluation
package import Imaging
package import Optimizers
package import Schedules

/// Every option of a training run, with its default.
///
/// This is the one place where a default is written: the help text, the resolved `config.yaml`
/// and the tests read it from here. The names on the command line and in a configuration file are
/// in ``OptionTable``.
package struct TrainOptions: Codable, Equatable, Sendable {
  // Data
  package var data: String?
  package var splitFile: String?
  package var split = SplitFractions.standard
  package var dropClass: [String] = []
  package var longTail: Double?
  package var onBadImage = BadImageChoice.fail
  package var allowLeakage = false
  package var cacheMemory = 1024

  // Images
  package var imgSize: Int?
  package var augment = PresetName.paper
  package var batchSize = 32
  package var workers = 2

  // Network
  package var model = "mobilenet_v2"
  package var pretrained: String?

  // Method
  package var method = "balanced-mixup"
  package var set: [String: String] = [:]
  package var smoothing = 0.0

  // Optimiser
  package var opt = OptimizerKind.sgd
  package var lr = 0.01
  package var momentum = 0.9
  package var nesterov = true
  package var weightDecay = 1e-4
  package var clipGrad: Double?
  package var gradAccumSteps = 1
  package var modelEma = false
  package var modelEmaDecay = 0.999

  // Schedule
  package var epochs = 30
  package var sched = ScheduleKind.cosine
  package var warmupEpochs = 0.0
  package var minLr = 0.0
  package var decayEpochs = 10.0
  package var decayRate = 0.1
  package var patienceEpochs = 2

  // Selection
  package var evalMetric = SelectionMetric.mcc
  package var earlyStopping: Int?

  // Engine
  package var device = "auto"
  package var threads: Int?
  package var amp = AmpChoice.auto
  package var seed = 0

  // Run directory
  package var outputDir = "runs"
  package var experiment: String?
  package var logInterval = 10.0
  package var checkpointInterval: Int?
  package var tensorboard = true

  package init() {}

  /// The defaults, for help texts.
  package static let standard = TrainOptions()
}
