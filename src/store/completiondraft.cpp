// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/completiondraft.h"

#include "store/jsonfile.h"

#include <QJsonArray>
#include <QThreadPool>

namespace diptych {

namespace {

constexpr QFileDevice::Permissions ownerOnly = QFileDevice::ReadOwner | QFileDevice::WriteOwner;

Result<void> write(const QString &path, const CompletionDraft &draft)
{
    return JsonFile(path, ownerOnly).change([&draft](QJsonObject &object) { object = toJson(draft); });
}

} // namespace

QJsonObject toJson(const CompletionDraft &draft)
{
    QJsonArray columns;
    for (const CompletionDraft::Column &column : draft.columns)
        columns.append(QJsonObject {{QStringLiteral("endpoint"), column.model.endpointId},
            {QStringLiteral("model"), column.model.model}, {QStringLiteral("route"), column.route}});
    QJsonArray generated;
    for (const CompletionDraft::Range &range : draft.generated)
        generated.append(QJsonArray {range.start, range.length});
    return {{QStringLiteral("text"), draft.text}, {QStringLiteral("caret"), draft.caret},
        {QStringLiteral("generated"), generated}, {QStringLiteral("columns"), columns},
        {QStringLiteral("parameters"), draft.parameters}, {QStringLiteral("sweep_temperature"), draft.sweepTemperature},
        {QStringLiteral("sweep_top_p"), draft.sweepTopP}, {QStringLiteral("split"), draft.isSplit},
        {QStringLiteral("probabilities"), draft.showsProbabilities}};
}

CompletionDraft completionDraftFromJson(const QJsonObject &json)
{
    CompletionDraft draft {.text = json[u"text"].toString(),
        .parameters = json[u"parameters"].toObject(),
        .sweepTemperature = json[u"sweep_temperature"].toString(),
        .sweepTopP = json[u"sweep_top_p"].toString(),
        .isSplit = json[u"split"].toBool(),
        .showsProbabilities = json[u"probabilities"].toBool()};
    const int length = static_cast<int>(draft.text.size());
    draft.caret = qBound(0, json[u"caret"].toInt(), length);
    const QJsonArray columns = json[u"columns"].toArray();
    for (const QJsonValue &column : columns) {
        const ModelRef model {.endpointId = column[u"endpoint"].toString(), .model = column[u"model"].toString()};
        if (model.isValid())
            draft.columns.push_back({.model = model, .route = column[u"route"].toString()});
    }
    const QJsonArray generated = json[u"generated"].toArray();
    for (const QJsonValue &pair : generated) {
        const CompletionDraft::Range range {.start = pair[0].toInteger(-1), .length = pair[1].toInteger(-1)};
        if (range.start >= 0 && range.length > 0 && range.start <= length && range.length <= length - range.start)
            draft.generated.push_back(range);
    }
    return draft;
}

/// One thread, so that drafts are written one after the other.
class CompletionDraftStore::Writer
{
public:
    Writer() { m_pool.setMaxThreadCount(1); }
    ~Writer() { m_pool.waitForDone(); }
    template <typename Work>
    void start(Work work)
    {
        m_pool.start(std::move(work));
    }
    void wait() { m_pool.waitForDone(); }

private:
    QThreadPool m_pool;
};

CompletionDraftStore::CompletionDraftStore(QString path, QObject *parent)
    : QObject(parent)
    , m_path(std::move(path))
    , m_writer(std::make_unique<Writer>())
{
    m_timer.setSingleShot(true);
    m_timer.callOnTimeout(this, &CompletionDraftStore::startWriting);
}

CompletionDraftStore::~CompletionDraftStore()
{
    flush();
    m_writer.reset(); // before the members that its work reports to
}

Result<CompletionDraft> CompletionDraftStore::load() const
{
    const Result<QJsonObject> object = JsonFile(m_path).read();
    if (!object)
        return Failure(object.error());
    return completionDraftFromJson(*object);
}

void CompletionDraftStore::save(const CompletionDraft &draft)
{
    m_draft = draft;
    m_isDirty = true;
    if (!m_timer.isActive())
        m_timer.start(delay);
}

void CompletionDraftStore::startWriting()
{
    m_isDirty = false;
    m_writer->start([this, path = m_path, draft = m_draft] {
        const Result<void> written = write(path, draft);
        // The destructor waits for this thread, so that this is still there.
        QMetaObject::invokeMethod(
            this, [this, written] { takeEnd(written); }, Qt::QueuedConnection);
    });
}

void CompletionDraftStore::takeEnd(const Result<void> &written)
{
    if (!written && !m_hasFailed)
        Q_EMIT failed(written.error());
    m_hasFailed = !written;
}

void CompletionDraftStore::flush()
{
    m_timer.stop();
    if (m_isDirty)
        startWriting();
    m_writer->wait();
}

} // namespace diptych
