// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/model.h"
#include "core/result.h"

#include <QJsonObject>
#include <QObject>
#include <QTimer>

#include <vector>

namespace diptych {

/// What stands on the completion page.
struct CompletionDraft {
    struct Column {
        ModelRef model {};
        QString route {}; ///< automatic, completion or chat
        bool operator==(const Column &) const = default;
    };
    /// A stretch of the text that a model wrote, in UTF-16 units.
    struct Range {
        qint64 start = 0;
        qint64 length = 0;
        bool operator==(const Range &) const = default;
    };
    QString text {};
    int caret = 0;
    std::vector<Range> generated {};
    std::vector<Column> columns {};
    QJsonObject parameters {}; ///< what is in the fields, as typed, by wire name
    QString sweepTemperature {}; ///< as typed
    QString sweepTopP {};
    bool isSplit = false; ///< samples are asked for one by one
    bool showsProbabilities = false;
    bool operator==(const CompletionDraft &) const = default;
};

[[nodiscard]] QJsonObject toJson(const CompletionDraft &draft);
/// Members of a wrong type are as if they were not there; ranges beyond the text are left out.
[[nodiscard]] CompletionDraft completionDraftFromJson(const QJsonObject &json);

/// Keeps the draft in a file of its own, written beside the window's thread: what was handed over more than
/// `delay` ago survives kill -9.
class CompletionDraftStore : public QObject
{
    Q_OBJECT
public:
    static constexpr std::chrono::milliseconds delay {200};

    explicit CompletionDraftStore(QString path, QObject *parent = nullptr);
    ~CompletionDraftStore() override; ///< writes what is not written yet

    /// Errors: Storage. The draft is empty then; a damaged file was moved aside.
    [[nodiscard]] Result<CompletionDraft> load() const;
    void save(const CompletionDraft &draft); ///< soon
    void flush(); ///< now; waits until it is written

Q_SIGNALS:
    void failed(const diptych::Error &error); ///< once until writing works again

private:
    class Writer;
    void startWriting();
    void takeEnd(const Result<void> &written);

    QString m_path;
    QTimer m_timer;
    CompletionDraft m_draft;
    bool m_isDirty = false;
    bool m_hasFailed = false;
    std::unique_ptr<Writer> m_writer;
};

} // namespace diptych
