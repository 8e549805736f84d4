/** The form of the ID of an image, in words. */
export const IMAGE_ID = "'ami-' and 8 to 17 hexadecimal digits, as in 'ami-0123456789abcdef0'";

/** Whether a text is the ID of an image of EC2. */
export function isImageId(text: string): boolean {
  return /^ami-[0-9a-f]{8,17}$/.test(text);
}
