import type { Account } from "../account.js";
import type { AppointmentAttachment, CustomerAttachment } from "../data/attachments.js";
import { isoText } from "../data/moment.js";
import type { Row } from "./organisation-rows.js";

export function customerAttachmentRow(account: Account, attachment: CustomerAttachment): Row {
  const { id, userId, customerId, fileName } = attachment;
  return { id, attachmentUrl: fileUrl(account, fileName), userId, customerId, ...attachment.extra };
}

export function appointmentAttachmentRow(account: Account, attachment: AppointmentAttachment): Row {
  const { id, type, userId, appointmentId, fileName } = attachment;
  return { id, attachmentUrl: fileUrl(account, fileName), type, userId, appointmentId, ...attachment.extra };
}

/** The list of one customer prints more, and calls the customer `resourceId`. */
export function attachmentOfCustomerRow(account: Account, attachment: CustomerAttachment): Row {
  const { id, title, fileName, userId, customerId, createdAt } = attachment;
  return {
    id,
    crmId: 1,
    title,
    attachment: fileName,
    attachmentInfo: { fileName },
    userId,
    resourceId: customerId,
    createdAt: isoText(createdAt),
    updatedAt: isoText(createdAt),
    attachmentUrl: fileUrl(account, fileName),
    ...attachment.extra,
  };
}

function fileUrl(account: Account, fileName: string): string {
  return `${account.filesUrl}/attachments/${fileName}`;
}
