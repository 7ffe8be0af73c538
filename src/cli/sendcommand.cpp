// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/sendcommand.h"

#include "cli/clioptions.h"
#include "cli/inputfile.h"
#include "cli/report.h"
#include "net/httpstream.h"
#include "providers/common/endpointrequest.h"
#include "providers/registry.h"

namespace diptych {

void SendCommand::addOptions(QCommandLineParser &parser)
{
    CliEndpoint::addOptions(parser);
    Recorder::addOptions(parser);
    parser.addOption({QStringLiteral("method"), tr("The HTTP method; POST with a body, else GET."), tr("method")});
    parser.addOption(
        {QStringLiteral("body"), tr("A file whose bytes are sent as they are; - for standard input."), tr("file")});
    parser.addPositionalArgument(
        QStringLiteral("route"), tr("What is appended to the URL, for example /chat/completions."));
}

CommandResult SendCommand::make(const QCommandLineParser &parser, Console &console)
{
    const QStringList arguments = clioptions::arguments(parser);
    if (arguments.size() != 1 || !arguments.first().startsWith(u'/'))
        return usageError(tr("One route that begins with a slash is needed, for example /chat/completions."));
    QByteArray body;
    if (parser.isSet(QStringLiteral("body"))) {
        Result<QByteArray> read = inputfile::read(QStringLiteral("body"), parser.value(QStringLiteral("body")));
        if (!read)
            return Failure(read.error());
        body = std::move(*read);
    }
    Result<std::unique_ptr<CliEndpoint>> endpoint = CliEndpoint::open(parser, console);
    if (!endpoint)
        return Failure(endpoint.error());
    const Endpoint &settings = (*endpoint)->provider().endpoint();
    EndpointCall call {.method = parser.isSet(QStringLiteral("body")) ? "POST" : "GET",
        .path = arguments.first().section(u'?', 0, 0),
        .query = QUrlQuery(arguments.first().section(u'?', 1)),
        .expectsStream = true};
    if (parser.isSet(QStringLiteral("method")))
        call.method = parser.value(QStringLiteral("method")).toUpper().toLatin1();
    if (const ProviderDescriptor *descriptor = findDescriptor(providerDescriptors(), settings.provider()))
        call.keyHeader = descriptor->keyHeader;
    Outgoing outgoing = makeOutgoing(settings, call);
    if (!outgoing.request)
        return Failure(outgoing.request.error());
    outgoing.request->body = body;
    return std::unique_ptr<Command>(
        new SendCommand(console, std::move(*endpoint), std::move(*outgoing.request), Recorder(parser)));
}

SendCommand::SendCommand(
    Console &console, std::unique_ptr<CliEndpoint> endpoint, HttpRequest request, Recorder recorder)
    : Command(console)
    , m_endpoint(std::move(endpoint))
    , m_request(std::move(request))
    , m_recorder(std::move(recorder))
{
}

void SendCommand::start()
{
    m_runner = std::make_unique<RequestRunner>(m_endpoint->http(), m_request);
    connect(m_runner.get(), &RequestRunner::dataReceived, this, [this](const QByteArray &data) {
        console().out.writeBytes(data);
        if (console().out.hasFailed()) // nobody reads any more
            interrupt();
    });
    connect(m_runner.get(), &RequestRunner::finished, this, [this] { end(ExitCode::Ok, std::nullopt); });
    connect(m_runner.get(), &RequestRunner::failed, this, [this](const Error &error) {
        // What a good answer began with has been written; of a refusal the sample is all there is.
        if (error.httpStatus >= 400)
            console().out.writeBytes(error.bodySample);
        reportError(console(), error);
        end(exitCodeFor(error), error);
    });
    connect(m_runner.get(), &RequestRunner::retryScheduled, this,
        [this](const Error &error, int, std::chrono::milliseconds delay) { reportRetry(console(), error, delay); });
}

void SendCommand::interrupt()
{
    m_runner->abort();
    end(ExitCode::Interrupted, Error {.kind = Error::Kind::Cancelled, .message = tr("Stopped.")});
}

void SendCommand::end(ExitCode code, const std::optional<Error> &error)
{
    RecordedExchange recorded {.attempts = m_runner->earlierAttempts(), .error = error};
    recorded.attempts.push_back(m_runner->exchange());
    m_recorder.take(std::move(recorded));
    Q_EMIT finished(m_recorder.save(console(), code));
}

} // namespace diptych
