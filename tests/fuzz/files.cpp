// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "decoding.h"
#include "fuzztargets.h"

#include "api/prompttemplate.h"
#include "api/replayfile.h"
#include "store/attachment.h"
#include "store/endpointexport.h"
#include "store/mediafacts.h"
#include "store/promptfile.h"
#include "store/promptlibrary.h"

#include <QJsonDocument>

namespace diptych::fuzz {

namespace {

void readReplay(const QByteArray &content)
{
    const Result<RecordedExchange> recorded = fromReplayFile(content);
    checkRefusal(recorded);
    Q_ASSERT(!recorded || fromReplayFile(toReplayFile(*recorded)));
}

void readEndpoints(const QByteArray &content)
{
    const Result<EndpointImport> import = importEndpoints(content);
    checkRefusal(import);
    if (!import)
        return;
    std::vector<Endpoint> endpoints;
    for (const ImportedEndpoint &imported : import->endpoints) {
        Q_ASSERT(imported.endpoint.tokenCommand.isEmpty() && imported.endpoint.baseUrl.userInfo().isEmpty());
        endpoints.push_back(imported.endpoint);
    }
    // What was read can be given on.
    const Result<EndpointImport> again = importEndpoints(exportEndpoints(endpoints));
    Q_ASSERT(again && again->endpoints.size() == endpoints.size() && again->problems.isEmpty());
}

void readPrompt(const QByteArray &content)
{
    const Result<PromptFile> file = parsePromptFile(content);
    checkRefusal(file);
    if (file) {
        checkRefusal(fillMessages(file->text, file->values));
        (void)messagesOf(promptFrom(*file, QStringLiteral("file")));
    }
    // A template without a file around it: values on the first line, the text below.
    const qsizetype line = content.indexOf('\n');
    const QJsonObject values = QJsonDocument::fromJson(content.left(line)).object();
    const QString text = QString::fromUtf8(content.mid(line + 1));
    checkRefusal(fillTemplate(text, values));
    (void)templateVariables(text);
}

/// What is dropped on the composer. PDFs are left to the library that reads them, which has fuzzers of its own.
void readAttached(const QByteArray &content)
{
    if (fileKindOf(content) == FileKind::Pdf)
        return;
    const Result<Attachment> attachment = attachmentFromBytes(QStringLiteral("file"), content);
    checkRefusal(attachment);
    if (!attachment)
        return;
    // A session knows it again, with the same content.
    const std::optional<Attachment> found = attachmentOf(attachment->part);
    Q_ASSERT(found && found->kind == attachment->kind && found->pixels == attachment->pixels);
    Q_ASSERT(contentOf(*found) == contentOf(*attachment));
}

} // namespace

void runFiles(QByteArrayView input)
{
    const QByteArray content = input.toByteArray();
    readReplay(content);
    readEndpoints(content);
    readAttached(content);
    readPrompt(content);
}

} // namespace diptych::fuzz
