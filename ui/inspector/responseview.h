// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/error.h"
#include "models/framesmodel.h"
#include "models/wiretext.h"

#include <QWidget>

#include <memory>
#include <optional>

class QCheckBox;
class QTabBar;

namespace diptych {

namespace Ui {
class ResponseView;
}

/// An answer as it comes over the wire: status, times, frames, body and headers.
class ResponseView : public QWidget
{
    Q_OBJECT
public:
    explicit ResponseView(QWidget *parent = nullptr);
    ~ResponseView() override;

    /// Where the exchange is; read again at every refresh().
    void setSource(FramesModel::Source source);
    void setError(const std::optional<Error> &error);
    void refresh();

    /// Shows only the frames with this text; empty: all.
    void filterFrames(const QByteArray &needle);
    /// A match in the answer's headers or body: in its frame where there is one.
    void reveal(const WireMatch &match);

private:
    void setUpTabs();
    void setUpTexts();
    void setUpFrames();
    /// An answer in one piece has no frames: its body is shown instead, until there are frames again.
    void leaveEmptyFrames();
    void showStatus(const Exchange &exchange);
    void showHeaders(const Exchange &exchange);
    void showBody();
    void showFrame();
    void chooseFrame(int row);
    [[nodiscard]] const Exchange *exchange() const { return m_source ? m_source() : nullptr; }

    std::unique_ptr<Ui::ResponseView> m_ui;
    QTabBar *m_bar;
    QCheckBox *m_pretty;
    FramesModel *m_frames;
    FramesFilter *m_shownFrames;
    FramesModel::Source m_source;
    QByteArray m_frameBytes; // as shown
    bool m_isBodyForWhole = false;
    QByteArray m_headerBytes;
    qsizetype m_receivedHeaders = 0; // where those of the answer begin
    QByteArray m_prettyBody;
    qint64 m_prettySize = -1; // of the body when it was indented
};

} // namespace diptych
