# frozen_string_literal: true

# The Ruby worker: runs inside the sandbox, loads a handler and serves invocations over descriptor 3.
#
# The protocol is described in runtimes/PROTOCOL.md. Standard library only, Ruby 3.1 and later. Names outside the
# module Freehold (LambdaContext, AwsLambda::Marshaller, …) are those that functions know from AWS.

require "json"
require "logger"
require "socket"
require "stringio"

module Freehold
  INIT = 1
  INVOKE = 2
  READY = 65
  INIT_OK = 66
  INIT_ERROR = 67
  RESPONSE = 68
  ERROR = 69

  CONTROL_FD = 3
  STACK_DEPTH_MAX = 100

  # What log records are stamped with.
  @request_id = nil
  @as_json = false
  @level = Logger::DEBUG

  class << self
    attr_accessor :request_id, :as_json, :level, :channel
  end

  # Frames over the inherited socket.
  class Channel
    def initialize(descriptor)
      @socket = UNIXSocket.for_fd(descriptor)
      @socket.binmode
      @socket.sync = true
      # Programs that the function starts may not speak in the worker's name.
      @socket.close_on_exec = true
    end

    def send(kind, header = nil, payload = "")
      head = (header.nil? ? "" : JSON.generate(header)).b
      body = payload.b
      @socket.write([5 + head.bytesize + body.bytesize, kind, head.bytesize].pack("NCN") << head << body)
    end

    # The next frame as kind, header and payload; nil when the server has gone.
    def receive
      fixed = read(9) or return nil
      length, kind, head_length = fixed.unpack("NCN")
      head = read(head_length) or return nil
      payload = read(length - 5 - head_length) or return nil
      [kind, head.empty? ? {} : JSON.parse(head.force_encoding(Encoding::UTF_8)), payload.force_encoding(Encoding::UTF_8)]
    end

    def close
      @socket.close
    end

    private

    def read(size)
      bytes = @socket.read(size)
      bytes if bytes && bytes.bytesize == size
    end
  end

  # Neither may processes that the function forks.
  module ForkGuard
    def _fork
      pid = super
      Freehold.channel&.close if pid.zero?
      pid
    end
  end

  # Log records, one by one.
  module Records
    START = "\x1e"
    LINE_FEED = "\x1f"
    ENCODING = { invalid: :replace, undef: :replace, replace: "\ufffd" }.freeze

    module_function

    # Writes one record to standard output; one with several lines is marked so that it stays one.
    def write(text)
      text = text.to_s.encode(Encoding::UTF_8, **ENCODING).scrub.chomp
      text = START + text.gsub("\n", LINE_FEED) if text.include?("\n")
      STDOUT.write(text + "\n")
    end

    def timestamp(time)
      time.getutc.strftime("%Y-%m-%dT%H:%M:%S.%6NZ")
    end
  end

  # Where a Logger on standard output or standard error writes.
  class LogSink < Logger::LogDevice
    # Not the parent's, which would open files and rotate them.
    def initialize; end # rubocop:disable Lint/MissingSuper

    def write(message)
      Records.write(message)
    end

    def close; end

    def reopen(_log = nil, **)
      self
    end
  end

  # A Logger's usual line, with the request's identifier.
  class TextFormatter < Logger::Formatter
    LINE = "%<letter>s, [%<time>s #%<process>d] %<severity>5s %<request>s -- %<program>s: %<message>s\n"

    def call(severity, time, program, message)
      format(LINE, letter: severity[0], time: format_datetime(time), process: Process.pid, severity: severity,
                   request: Freehold.request_id, program: program, message: msg2str(message))
    end
  end

  # One JSON object per record.
  class JsonFormatter < Logger::Formatter
    LOCATION = /\A(?<file>.+):(?<line>\d+):in [`'](?<method>.+)'\z/

    def call(severity, time, program, message)
      error = message if message.is_a?(Exception)
      record = { timestamp: Records.timestamp(time), level: severity,
                 message: text(error ? error.message : msg2str(message)), requestId: Freehold.request_id }
      record[:logger] = text(program) unless program.to_s.empty?
      record.merge!(described(error)) if error
      JSON.generate(record.compact) << "\n"
    end

    private

    def described(error)
      trace = Array(error.backtrace).map { |line| text(line) }
      place = LOCATION.match(trace.first.to_s)
      location = place ? "#{place[:file]}:#{place[:method]}:#{place[:line]}" : trace.first
      { errorType: error.class.to_s, errorMessage: text(error.message), stackTrace: trace, location: location }
    end

    def text(value)
      value.to_s.encode(Encoding::UTF_8, **Records::ENCODING).scrub
    end
  end

  # Loggers on standard output, standard error or nothing write whole records, in the function's log format.
  module LoggerPatch
    def initialize(logdev = nil, *rest, level: Freehold.level, **options)
      is_ours = logdev.nil? || logdev.equal?($stdout) || logdev.equal?($stderr)
      super(is_ours ? nil : logdev, *rest, level: level, **options)
      return unless is_ours

      @logdev = LogSink.new
      @default_formatter = Freehold.as_json ? JsonFormatter.new : TextFormatter.new
      @default_formatter.datetime_format = options[:datetime_format]
    end
  end

  # One call of puts is one record.
  module PutsPatch
    private

    def puts(*values)
      return $stdout.puts(*values) unless $stdout.equal?(STDOUT)

      Records.write(values.flatten.map { |value| value.to_s.encode(Encoding::UTF_8, **Records::ENCODING) }.join("\n"))
      nil
    end
  end

  # An error as the caller and the log see it. Its kind tells where it came from: Function, Init or Runtime.
  class Failure
    def initialize(error, origin)
      lines = error.backtrace_locations&.map(&:to_s) || error.backtrace || []
      # From the worker's own frames on, nothing says anything about the function.
      lines = lines.take_while { |line| !line.start_with?(__FILE__) }
      # A message may be in any encoding, and the method itself may fail.
      message = error.message.to_s.encode(Encoding::UTF_8, **Records::ENCODING).scrub
      @document = { errorMessage: message, errorType: "#{origin}<#{error.class}>", stackTrace: lines.first(STACK_DEPTH_MAX) }
    end

    def to_json(*)
      JSON.generate(@document)
    end

    def log(headline)
      if Freehold.as_json
        stamp = { timestamp: Records.timestamp(Time.now), level: "ERROR", message: headline, requestId: Freehold.request_id }
        Records.write(JSON.generate(stamp.compact.merge(@document)))
      else
        Records.write(headline)
        Records.write(JSON.pretty_generate(@document))
      end
    end
  end

  # Serves one function.
  class Worker
    def initialize(channel)
      @channel = channel
    end

    def run
      @channel.send(READY)
      kind, header = @channel.receive
      return unless kind == INIT

      load_function(header)
      loop do
        kind, header, payload = @channel.receive
        return unless kind == INVOKE

        serve(header, payload)
      end
    end

    private

    def load_function(header)
      become(header)
      @handler = LambdaHandler.new(env_handler: header["handler"])
      require @handler.handler_file_name
      flush
      @channel.send(INIT_OK)
    rescue Exception => e # also what loading raises beside StandardError: LoadError, SyntaxError, SystemExit
      failure = Failure.new(e, "Init")
      failure.log("Init error when loading handler #{header['handler']}")
      flush
      @channel.send(INIT_ERROR, nil, failure.to_json)
      exit!(1)
    end

    # The environment, paths, working directory and loggers of the function.
    def become(header)
      ENV.replace(header["environment"])
      root = header["taskRoot"]
      Dir.chdir(root)
      # A worker that was started ahead of demand has not read the function's variables.
      Gem.paths = ENV.to_h
      libraries = [root, *ENV.fetch("RUBYLIB", "").split(":")]
      $LOAD_PATH.unshift(*libraries.reject { |dir| dir.empty? || $LOAD_PATH.include?(dir) }.uniq)
      Freehold.as_json = header["logFormat"].upcase == "JSON"
      level = { "TRACE" => "DEBUG" }.fetch(header["logLevel"], header["logLevel"])
      Freehold.level = Logger.const_get(level) if %w[DEBUG INFO WARN ERROR FATAL].include?(level)
      Logger.prepend(LoggerPatch)
      Kernel.prepend(PutsPatch)
    end

    def serve(header, payload)
      id = Freehold.request_id = header["requestId"]
      ENV["_X_AMZN_TRACE_ID"] = header["traceId"]
      answer, type = answer_to(header, payload)
      flush
      @channel.send(RESPONSE, { requestId: id, contentType: type }, answer)
    rescue Errno::EPIPE, IOError => e
      # Also what the function itself raises; when it is the channel's, sending fails again, and that ends the worker.
      fail_with(Failure.new(e, "Function"), id, "Error raised from handler method")
    rescue NameError => e
      # A program that calls what doesn't exist is taken for broken: its process ends.
      fail_with(Failure.new(e, "Function"), id, "Critical exception from handler", last: true)
    rescue StandardError => e
      fail_with(Failure.new(e, "Function"), id, "Error raised from handler method")
    rescue Exception => e
      fail_with(Failure.new(e, "Function"), id, "Critical exception from handler", last: true)
    end

    def answer_to(header, payload)
      event = AwsLambda::Marshaller.marshall_request(Request.new(payload))
      answer, type = @handler.call_handler(request: event, context: LambdaContext.new(header))
      answer = answer.read || "" if answer.is_a?(StringIO) || answer.is_a?(IO)
      [answer.to_s, type || "application/json"]
    end

    def fail_with(failure, id, headline, last: false)
      failure.log(headline)
      flush
      @channel.send(ERROR, { requestId: id }, failure.to_json)
      exit(1) if last
    end

    # Before an answer, everything that was written must have reached the pipe.
    def flush
      [$stdout, $stderr, STDOUT, STDERR].uniq.each do |stream|
        stream.flush
      rescue StandardError
        # The function may have closed or replaced its streams; its answer matters more.
        next
      end
    end
  end

  # A request as marshallers see it.
  Request = Struct.new(:body) do
    def [](name)
      "application/json" if name == "Content-Type"
    end
  end
end

module AwsLambda
  # How events and answers are read and written; functions may replace both methods.
  class Marshaller
    class << self
      def marshall_request(raw_request)
        raw_request["Content-Type"] == "application/json" ? JSON.parse(raw_request.body) : raw_request.body
      end

      # The bytes and their type, JSON when there is none. Streams are answered as they are.
      def marshall_response(response)
        case response
        when StringIO, IO then [response, "application/unknown"]
        else response.to_json
        end
      end
    end
  end
end

# The handler by its name. Methods outside a class are private methods of every object, so also of this one.
class LambdaHandler
  attr_reader :handler_file_name, :handler_method_name

  def initialize(env_handler:)
    parts = env_handler.split(".")
    case parts.size
    when 2 then @handler_file_name, @handler_method_name = parts
    when 3 then @handler_file_name, @handler_class, @handler_method_name = parts
    else
      raise ArgumentError, "Invalid handler #{parts}, must be of form FILENAME.METHOD or FILENAME.CLASS.METHOD where " \
                           "FILENAME corresponds with an existing Ruby source file FILENAME.rb, CLASS is an optional " \
                           "module/class namespace and METHOD is a callable method. If using CLASS, METHOD must be a " \
                           "class-level method."
    end
  end

  def call_handler(request:, context:)
    receiver = @handler_class ? Kernel.const_get(@handler_class) : self
    AwsLambda::Marshaller.marshall_response(receiver.__send__(@handler_method_name, event: request, context: context))
  end
end

# The handler's second argument.
class LambdaContext
  attr_reader :aws_request_id, :invoked_function_arn, :log_group_name, :log_stream_name, :function_name,
              :memory_limit_in_mb, :function_version, :identity, :client_context, :deadline_ms, :tenant_id

  def initialize(header)
    @deadline_ms = header["deadlineMs"]
    @aws_request_id = header["requestId"]
    @invoked_function_arn = header["invokedFunctionArn"]
    @log_group_name = ENV.fetch("AWS_LAMBDA_LOG_GROUP_NAME", nil)
    @log_stream_name = ENV.fetch("AWS_LAMBDA_LOG_STREAM_NAME", nil)
    @function_name = ENV.fetch("AWS_LAMBDA_FUNCTION_NAME", nil)
    @memory_limit_in_mb = ENV.fetch("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", nil)
    @function_version = ENV.fetch("AWS_LAMBDA_FUNCTION_VERSION", nil)
    @identity = parse(header["identity"])
    @client_context = parse(header["clientContext"])
    @tenant_id = header["tenantId"]
  end

  def get_remaining_time_in_millis
    [@deadline_ms - Process.clock_gettime(Process::CLOCK_REALTIME, :millisecond), 0].max
  end

  private

  def parse(text)
    JSON.parse(text) unless text.to_s.empty?
  end
end

STDOUT.sync = true
STDERR.sync = true
Process.singleton_class.prepend(Freehold::ForkGuard)
Freehold.channel = Freehold::Channel.new(Freehold::CONTROL_FD)
Freehold::Worker.new(Freehold.channel).run
