import SteelyardCommand

Entrance.main()
