# The Ruby worker: runs inside the sandbox, loads a handler and serves invocations over descriptor 3.
#
# The protocol is described in runtimes/PROTOCOL.md. Standard library only, Ruby 3.1 and later. Everything that belongs
# to a function arrives with INIT, so that workers can be started before they are needed.

require "json"
require "logger"
require "socket"
require "stringio"
require "time"

module Freehold
  INIT, INVOKE = 1, 2
  READY, INIT_OK, INIT_ERROR, RESPONSE, ERROR = 65, 66, 67, 68, 69

  CONTROL_FD = 3
  RECORD_START = "\x1e"
  RECORD_LINE_FEED = "\x1f"

  # Frames over the inherited socket.
  class Channel
    def initialize(descriptor)
      @socket = UNIXSocket.for_fd(descriptor)
      # Programs that the function starts must not speak in the worker's name.
      @socket.close_on_exec = true
    end

    def close
      @socket.close
    end

    def send_frame(kind, header = nil, payload = "".b)
      head = header.nil? ? "".b : JSON.generate(header).b
      @socket.write([5 + head.bytesize + payload.bytesize, kind, head.bytesize].pack("NCN") << head << payload.b)
      @socket.flush
    end

    # The next frame, or nil when the server has gone.
    def receive
      fixed = @socket.read(9)
      return nil if fixed.nil? || fixed.bytesize < 9

      length, kind, head_length = fixed.unpack("NCN")
      head = read(head_length)
      payload = read(length - 5 - head_length)
      return nil if head.nil? || payload.nil?

      [kind, head.empty? ? {} : JSON.parse(head), payload]
    end

    private

    def read(size)
      return "".b if size.zero?

      bytes = @socket.read(size)
      bytes if bytes && bytes.bytesize == size
    end
  end

  # Processes that the function forks must not speak in the worker's name either.
  module ForkGuard
    def _fork
      child = super
      Freehold.channel&.close if child.zero?
      child
    end
  end

  # Records on standard output; one with several lines is marked so that it stays one.
  module Log
    class << self
      attr_accessor :as_json, :level, :request_id

      def write(text)
        text = text.chomp
        text = RECORD_START + text.gsub("\n", RECORD_LINE_FEED) if text.include?("\n")
        STDOUT.write("#{text}\n")
      end

      # An error that the function did not handle.
      def error(headline, document)
        if as_json
          stamp = Time.now.utc.iso8601(3)
          record = { timestamp: stamp, level: "ERROR", message: headline, **document }
          record[:requestId] = request_id if request_id
          write(JSON.generate(record))
        else
          write("#{headline}\n#{JSON.pretty_generate(document)}")
        end
      end
    end
  end

  # What a Logger writes in functions: stamped with the request, as text or as JSON.
  class LogFormatter < Logger::Formatter
    def call(severity, time, progname, message)
      if Log.as_json
        record = { timestamp: time.getutc.iso8601(3), level: severity == "ANY" ? "UNKNOWN" : severity,
                   message: message.is_a?(String) ? message : msg2str(message), requestId: Log.request_id }
        record[:progname] = progname if progname
        return "#{JSON.generate(record.compact)}\n"
      end
      stamp = time.strftime("%Y-%m-%dT%H:%M:%S.%6N")
      head = format("%s, [%s #%d] %5s", severity[0], stamp, Process.pid, severity)
      text = "#{head} RequestId: #{Log.request_id} -- #{progname}: #{msg2str(message)}"
      text.include?("\n") ? "#{RECORD_START}#{text.gsub("\n", RECORD_LINE_FEED)}\n" : "#{text}\n"
    end
  end

  # Loggers to the standard streams that nobody has given a format have the function's.
  module LoggerDefaults
    LEVELS = { "TRACE" => Logger::DEBUG, "DEBUG" => Logger::DEBUG, "INFO" => Logger::INFO, "WARN" => Logger::WARN,
               "ERROR" => Logger::ERROR, "FATAL" => Logger::FATAL }.freeze

    def initialize(logdev, *args, **options)
      standard = [STDOUT, STDERR, $stdout, $stderr].any? { |stream| stream.equal?(logdev) }
      if standard
        options[:formatter] ||= LogFormatter.new
        options[:level] = LEVELS[Log.level] if LEVELS[Log.level] && !options.key?(:level)
      end
      super(logdev, *args, **options)
    end
  end

  # The handler's `context:`.
  class Context
    attr_reader :aws_request_id, :invoked_function_arn, :log_group_name, :log_stream_name, :function_name,
                :memory_limit_in_mb, :function_version, :deadline_ms, :identity, :client_context, :tenant_id

    def initialize(header)
      @aws_request_id = header["requestId"]
      @invoked_function_arn = header["invokedFunctionArn"]
      @deadline_ms = header["deadlineMs"]
      @tenant_id = header["tenantId"]
      @log_group_name = ENV["AWS_LAMBDA_LOG_GROUP_NAME"]
      @log_stream_name = ENV["AWS_LAMBDA_LOG_STREAM_NAME"]
      @function_name = ENV["AWS_LAMBDA_FUNCTION_NAME"]
      @memory_limit_in_mb = ENV["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"]
      @function_version = ENV["AWS_LAMBDA_FUNCTION_VERSION"]
      @identity = parse(header["identity"])
      @client_context = parse(header["clientContext"])
    end

    def get_remaining_time_in_millis
      [0, @deadline_ms - Process.clock_gettime(Process::CLOCK_REALTIME, :millisecond)].max
    end

    def log(message)
      Log.write(message.to_s)
    end

    private

    def parse(text)
      text.nil? || text.empty? ? nil : JSON.parse(text)
    end
  end

  # `file.method` or `file.Class.method`.
  class Handler
    def initialize(name)
      parts = name.split(".")
      unless [2, 3].include?(parts.size)
        raise ArgumentError, "Invalid handler #{name}, must be of form FILENAME.METHOD or FILENAME.CLASS.METHOD, " \
                             "where FILENAME corresponds with an existing Ruby source file FILENAME.rb, CLASS is an " \
                             "optional module/class namespace and METHOD is a callable method. If using CLASS, " \
                             "METHOD must be a class-level method."
      end
      @file, @method = parts.first, parts.last
      @class = parts[1] if parts.size == 3
      require @file
    end

    def call(event, context)
      receiver = @class ? Object.const_get(@class) : TOPLEVEL_BINDING.receiver
      receiver.__send__(@method, event: event, context: context)
    end
  end

  class << self
    attr_reader :channel

    def run
      @channel = Channel.new(CONTROL_FD)
      STDOUT.sync = STDERR.sync = true
      Process.singleton_class.prepend(ForkGuard)
      Logger.prepend(LoggerDefaults)
      @channel.send_frame(READY)

      kind, header = @channel.receive
      return unless kind == INIT

      handler = start(header)
      flush
      @channel.send_frame(INIT_OK)
      loop do
        kind, header, payload = @channel.receive
        return unless kind == INVOKE

        serve(handler, header, payload)
      end
    end

    private

    # Turns the generic worker into this function's and loads its handler; a failure ends the process.
    def start(header)
      Log.as_json = header["logFormat"].to_s.upcase == "JSON"
      Log.level = header["logLevel"]
      become(header)
      Handler.new(header["handler"])
    rescue Exception => error # rubocop:disable Lint/RescueException -- also SyntaxError, LoadError and exit
      document = document_of(error, "Init")
      Log.error("Init error when loading handler #{header["handler"]}", document)
      flush
      @channel.send_frame(INIT_ERROR, nil, JSON.generate(document))
      exit!(1)
    end

    def become(header)
      ENV.replace(header["environment"])
      root = header["taskRoot"]
      api = RbConfig::CONFIG["ruby_version"]
      ENV["GEM_PATH"] ||= ["#{root}/vendor/bundle/ruby/#{api}", "/opt/ruby/gems/#{api}", *Gem.default_path].uniq.join(":")
      ENV["RUBYLIB"] ||= "#{root}:/opt/ruby/lib"
      Gem.paths = ENV.to_h
      $LOAD_PATH.unshift(*ENV["RUBYLIB"].split(":").reject { |dir| dir.empty? || $LOAD_PATH.include?(dir) })
      $PROGRAM_NAME = header["handler"]
      Dir.chdir(root)
    end

    def serve(handler, header, payload)
      Log.request_id = header["requestId"]
      ENV["_X_AMZN_TRACE_ID"] = header["traceId"]
      reply = { requestId: header["requestId"] }
      begin
        event = JSON.parse(payload.force_encoding(Encoding::UTF_8))
        answer, reply[:contentType] = marshal(handler.call(event, Context.new(header)))
      rescue Exception => error # rubocop:disable Lint/RescueException -- also exit and exhausted memory
        document = document_of(error, "Function")
        Log.error("Error raised from handler method", document)
        flush
        @channel.send_frame(ERROR, reply, JSON.generate(document))
        # As on AWS, what is no StandardError, and names that do not exist, end the environment.
        exit!(1) if error.is_a?(NameError) || !error.is_a?(StandardError)
        return
      end
      flush
      @channel.send_frame(RESPONSE, reply, answer)
    end

    def marshal(answer)
      case answer
      when StringIO, IO then [answer.read.to_s, "application/unknown"]
      else [JSON.generate(answer), "application/json"]
      end
    end

    def document_of(error, classification)
      # Without the worker's own frames, which say nothing about the function.
      trace = (error.backtrace || []).reject { |line| line.start_with?(__FILE__) }
      message = error.message.dup.force_encoding(Encoding::UTF_8).scrub
      { errorMessage: message, errorType: "#{classification}<#{error.class}>", stackTrace: trace.map(&:scrub) }
    end

    # Before an answer, everything that was written must have reached the pipe.
    def flush
      [$stdout, $stderr, STDOUT, STDERR].each do |stream|
        stream.flush
      rescue StandardError
        # The function may have closed or replaced its streams; its answer matters more.
        next
      end
    end
  end
end

Freehold.run
