// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "inspector/extrasarmview.h"

#include "inspector/changedelegate.h"
#include "models/changelogmodel.h"
#include "models/formatting.h"
#include "theme/theme.h"
#include "ui_extrasarmview.h"

#include <QHeaderView>

#include <algorithm>

namespace diptych {

namespace {

using Arm = ExtrasExperiment::Arm;

QString failure(const Arm &arm)
{
    const QString text = arm.error->message.isEmpty() ? kindName(arm.error->kind) : arm.error->message;
    if (arm.error->httpStatus == 0)
        return arm.status == 0 && arm.body.isEmpty() ? ExtrasArmView::tr("refused here, nothing was sent")
                                                     : ExtrasArmView::tr("failed: %1").arg(kindName(arm.error->kind));
    return ExtrasArmView::tr("%1, refused by the server").arg(arm.error->httpStatus);
}

QString statusText(const Arm &arm)
{
    QString text;
    switch (arm.state) {
    case Arm::State::Idle:
        return ExtrasArmView::tr("not asked yet");
    case Arm::State::Running:
        return arm.text.isEmpty() ? ExtrasArmView::tr("waiting for the answer …") : ExtrasArmView::tr("answering …");
    case Arm::State::Answered:
        text = arm.status > 0 ? ExtrasArmView::tr("%1, answered").arg(arm.status) : ExtrasArmView::tr("answered");
        break;
    case Arm::State::Failed:
        text = failure(arm);
        break;
    case Arm::State::Cancelled:
        return ExtrasArmView::tr("stopped");
    }
    if (arm.duration && arm.status > 0)
        text += QStringLiteral(" · ") + formatDuration(*arm.duration);
    return text;
}

ThemeColor statusColor(Arm::State state)
{
    switch (state) {
    case Arm::State::Answered:
        return ThemeColor::Success;
    case Arm::State::Failed:
        return ThemeColor::Danger;
    default:
        return ThemeColor::Muted;
    }
}

} // namespace

ExtrasArmView::ExtrasArmView(QWidget *parent)
    : QWidget(parent)
    , m_ui(std::make_unique<Ui::ExtrasArmView>())
    , m_changes(new ChangeLogModel(this))
{
    m_ui->setupUi(this);
    QFont bold = m_ui->titleLabel->font();
    bold.setBold(true);
    m_ui->titleLabel->setFont(bold);
    makeCaption(m_ui->headerLabel);
    makeCaption(m_ui->changesCaption);
    m_ui->changesTable->setModel(m_changes);
    m_ui->changesTable->setItemDelegateForColumn(ChangeLogModel::KindColumn, new ChangeDelegate(this));
    QHeaderView *header = m_ui->changesTable->header();
    header->setSectionResizeMode(ChangeLogModel::KindColumn, QHeaderView::ResizeToContents);
    header->setSectionResizeMode(ChangeLogModel::ChangeColumn, QHeaderView::ResizeToContents);
    header->setStretchLastSection(true);
}

ExtrasArmView::~ExtrasArmView() = default;

void ExtrasArmView::showArm(const Arm &arm)
{
    const QString mode = extrasModeName(arm.mode);
    m_ui->titleLabel->setText(mode);
    m_ui->answerView->setAccessibleName(tr("Answer with the mode %1").arg(mode));
    m_ui->changesTable->setAccessibleName(tr("What the adapter changed with the mode %1").arg(mode));
    if (!arm.header.isEmpty())
        m_ui->headerLabel->setText(QStringLiteral("extra-parameters: ") + QString::fromLatin1(arm.header));
    else if (arm.body.isEmpty())
        m_ui->headerLabel->setText(tr("nothing sent"));
    else
        m_ui->headerLabel->setText(tr("no header; carried out here"));
    m_ui->statusLabel->setText(statusText(arm));
    QPalette toned = QGuiApplication::palette();
    toned.setColor(QPalette::WindowText, themeColor(statusColor(arm.state), toned));
    m_ui->statusLabel->setPalette(toned);
    QString text = arm.text;
    if (arm.state == Arm::State::Failed)
        text += (text.isEmpty() ? QString() : QStringLiteral("\n\n")) + arm.error->message;
    if (text != m_ui->answerView->toPlainText())
        m_ui->answerView->setPlainText(text);
    ChangeLog changed; // what went out as it was asked for is in the table of bodies
    std::copy_if(arm.changes.begin(), arm.changes.end(), std::back_inserter(changed),
        [](const Change &change) { return change.kind != Change::Kind::Sent; });
    m_changes->setChanges(changed);
    m_ui->changesCaption->setText(tr("Changes: %1 of %2 fields").arg(changed.size()).arg(arm.changes.size()));
}

} // namespace diptych
